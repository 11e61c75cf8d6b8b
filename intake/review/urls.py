from django.urls import path

from intake.review import (
    asking_patient_views,
    asking_views,
    changed_views,
    colleague_views,
    deciding_views,
    ending_views,
    queue_views,
    section_views,
    urgent_views,
    views,
)

QUESTIONS = "me/intake/<reference:reference>/questions"

app_name = "review"
urlpatterns = [
    path("reviews/", queue_views.queue, name="queue"),
    path("reviews/next/", queue_views.next_, name="next"),
    path("reviews/arrivals/", queue_views.arrivals_, name="arrivals"),
    path("reviews/away/", queue_views.away, name="away"),
    path("reviews/<reference:reference>/put-back/", queue_views.put_back, name="put_back"),
    path("reviews/<reference:reference>/hand-over/", queue_views.hand_over, name="hand_over"),
    path("reviews/<reference:reference>/look-again/", queue_views.look_again, name="look_again"),
    path("reviews/<reference:reference>/note/", queue_views.note, name="note"),
    path("reviews/<reference:reference>/seen/", section_views.mark, name="mark"),
    path("reviews/<reference:reference>/urgent/take/", urgent_views.take, name="take_alert"),
    path("reviews/<reference:reference>/", views.case, name="case"),
    path("reviews/<reference:reference>/decide/", deciding_views.decide, name="decide"),
    path("reviews/<reference:reference>/take-back/", deciding_views.take_back, name="take_back"),
    path(
        "reviews/<reference:reference>/colleague/",
        colleague_views.ask_colleague,
        name="ask_colleague",
    ),
    path("reviews/<reference:reference>/colleague/off/", colleague_views.call_off, name="call_off"),
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
    path("reviews/<reference:reference>/ask/", asking_views.ask, name="ask"),
    path("reviews/<reference:reference>/ask/phone/", asking_views.phone, name="ask_phone"),
    path("reviews/<reference:reference>/ask/again/", asking_views.again, name="ask_again"),
    path(f"{QUESTIONS}/", asking_patient_views.questions, name="questions"),
    path(f"{QUESTIONS}/stop/", asking_patient_views.stop, name="questions_stop"),
    path("me/news/<reference:reference>/", views.news, name="news"),
]
