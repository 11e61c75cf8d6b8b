from django.urls import path

from intake.booking import views

app_name = "booking"
urlpatterns = [
    path("me/book/", views.choose, name="choose"),
    path("me/visits/<reference:reference>/", views.visit, name="visit"),
    path("me/visits/<reference:reference>/cancel/", views.cancel, name="cancel"),
]
