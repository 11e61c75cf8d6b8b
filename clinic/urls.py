from django.contrib import admin
from django.urls import include, path, register_converter

from clinic import views
from clinic.people import curtain
from clinic.references import ReferenceConverter

register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("", views.landing, name="landing"),
    path("home/", views.home, name="home"),
    path("look/", views.look, name="look"),
    path("language/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("hide/", curtain.hide, name="hide_screen"),
    path("account/", include("clinic.people.urls")),
    path("", include("intake.submission.urls")),
    path("", include("intake.review.urls")),
    path("", include("intake.booking.urls")),
    path("", include("intake.referral.urls")),
    path("", include("intake.home.urls")),
    path("", include("intake.demo.urls")),
    path("admin/", admin.site.urls),
]
