from django.urls import path

from intake.review import changed_views, deciding_views, ending_views, urgent_views, views

app_name = "review"
urlpatterns = [
    path("reviews/", views.queue, name="queue"),
    path("reviews/<reference:reference>/", views.case, name="case"),
    path("reviews/<reference:reference>/decide/", deciding_views.decide, name="decide"),
    path("reviews/<reference:reference>/take-back/", deciding_views.take_back, name="take_back"),
    path(
        "reviews/<reference:reference>/colleague/",
        deciding_views.ask_colleague,
        name="ask_colleague",
    ),
    path("reviews/<reference:reference>/colleague/off/", deciding_views.call_off, name="call_off"),
    path("reviews/<reference:reference>/keep/", changed_views.keep, name="keep"),
    path(
        "reviews/<reference:reference>/revision/<int:number>/",
        changed_views.revision,
        name="revision",
    ),
    path("reviews/<reference:reference>/rules/", ending_views.rules, name="newer_rules"),
    path(
        "reviews/<reference:reference>/decisions/<int:pk>/",
        ending_views.decision,
        name="decision",
    ),
    path("reviews/<reference:reference>/step/", views.step, name="step"),
    path("reviews/<reference:reference>/urgent/", urgent_views.alert, name="alert"),
    path("me/news/<reference:reference>/", views.news, name="news"),
]
