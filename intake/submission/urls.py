from django.urls import path

from intake.submission import (
    back_test_views,
    change_views,
    last_time_views,
    medicine_views,
    page_views,
    paper_views,
    sure_views,
    views,
)

FORM = "me/intake/<reference:reference>"
PAGE = f"{FORM}/<slug:section>/<int:number>"

app_name = "submission"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("paper-form/", paper_views.paper, name="paper"),
    path("start/begin/", views.begin, name="begin"),
    path(f"{FORM}/", views.tasks, name="tasks"),
    path(f"{FORM}/check/", views.check, name="check"),
    path(f"{FORM}/send/", views.send, name="send"),
    path(f"{FORM}/sent/", views.sent, name="sent"),
    path(f"{FORM}/copy/", views.copy, name="copy"),
    path(f"{FORM}/change/", change_views.change, name="change"),
    path(f"{FORM}/change/drop/", change_views.drop_change, name="drop_change"),
    path(f"{FORM}/withdraw/", change_views.withdraw, name="withdraw"),
    path(f"{FORM}/last-time/<int:number>/", last_time_views.last_list, name="last_list"),
    path(f"{FORM}/last-time/<slug:section>/", last_time_views.last_block, name="last_block"),
    path(f"{FORM}/put-back/", page_views.put_back, name="put_back"),
    path(f"{FORM}/stop/<int:number>/", page_views.emergency, name="emergency"),
    path(f"{PAGE}/", page_views.page, name="page"),
    path(f"{PAGE}/sure/", sure_views.sure, name="sure"),
    path(f"{PAGE}/add/", medicine_views.add, name="medicine_add"),
    path(f"{PAGE}/<slug:key>/", medicine_views.describe, name="medicine"),
    path(f"{PAGE}/<slug:key>/name/", medicine_views.rename, name="medicine_name"),
    path(f"{PAGE}/<slug:key>/remove/", medicine_views.remove, name="medicine_remove"),
    path("manage/rules/<int:number>/back-test/", back_test_views.back_test, name="back_test"),
]
