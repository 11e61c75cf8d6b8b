from django.urls import path

from intake.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/mailbox/", views.mailbox, name="mailbox"),
    path("gallery/", views.components, name="gallery"),
]
