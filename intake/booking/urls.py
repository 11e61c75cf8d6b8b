from django.urls import path

from clinic.people.household import ME
from intake.booking import staff_views, views

app_name = "booking"
urlpatterns = [
    *(path(f"{me}book/", views.choose, name="choose") for me in ME),
    *(path(f"{me}visits/", views.visits, name="visits") for me in ME),
    path("me/visits/<reference:reference>/", views.visit, name="visit"),
    path("me/visits/<reference:reference>/cancel/", views.cancel, name="cancel"),
    path("diary/", staff_views.diary, name="diary"),
    path("diary/waiting/", staff_views.waiting, name="waiting"),
    path("diary/book/<reference:reference>/", staff_views.book_for, name="book_for"),
    path("diary/<reference:reference>/", staff_views.visit, name="staff_visit"),
    path("diary/<reference:reference>/cancel/", staff_views.cancel, name="staff_cancel"),
]
