from django.urls import path

from intake.review import views

app_name = "review"
urlpatterns = [
    path("reviews/", views.queue, name="queue"),
    path("reviews/<reference:reference>/", views.case, name="case"),
    path("me/news/<reference:reference>/", views.news, name="news"),
]
