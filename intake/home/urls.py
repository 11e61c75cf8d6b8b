from django.urls import path

from clinic.people.household import ME
from intake.home import views

app_name = "home"
urlpatterns = [
    *(path(me, views.me, name="me") for me in ME),
    *(path(f"{me}messages/", views.messages, name="messages") for me in ME),
    *(path(f"{me}forms/", views.forms, name="forms") for me in ME),
    *(path(f"{me}happened/", views.happened, name="happened") for me in ME),
    path("me/intake/<reference:reference>/signed/", views.signed, name="signed"),
    path("me/people/add/", views.add_person, name="add_person"),
]
