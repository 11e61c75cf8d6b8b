from django.urls import path

from intake.submission import views

app_name = "submission"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/begin/", views.begin, name="begin"),
    path("me/", views.home, name="home"),
    path("me/intake/<reference:reference>/", views.tasks, name="tasks"),
    path("me/intake/<reference:reference>/check/", views.check, name="check"),
    path("me/intake/<reference:reference>/send/", views.send, name="send"),
    path("me/intake/<reference:reference>/sent/", views.sent, name="sent"),
    path("me/intake/<reference:reference>/stop/<slug:page>/", views.emergency, name="emergency"),
    path("me/intake/<reference:reference>/<slug:section>/<slug:page>/", views.page, name="page"),
]
