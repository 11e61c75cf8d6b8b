from django.urls import path

from clinic.people.household import ME
from intake.referral import views

app_name = "referral"
urlpatterns = [
    path("referrals/", views.letters, name="letters"),
    path("referrals/form/<reference:reference>/", views.of_form, name="of_form"),
    path("referrals/<reference:reference>/", views.letter, name="letter"),
    path("referrals/<reference:reference>/edit/", views.edit, name="edit"),
    path("referrals/<reference:reference>/send/", views.send, name="send"),
    path("referrals/<reference:reference>/reply/", views.reply, name="reply"),
    *(path(f"{me}letters/", views.mine, name="mine") for me in ME),
    path("me/letters/<reference:reference>/", views.mine_one, name="mine_one"),
]
