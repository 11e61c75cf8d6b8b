"""The last registration ends while a case is open: it is said, nothing is stored, nothing lost."""

from datetime import timedelta

import pytest
from decision_forms import decision_for
from django.test import Client
from django.utils import timezone
from factories import make_sent
from refusals import refused, run, without
from signing_in import client_of

from clinic.people import curtain
from clinic.people.models import Registration, User
from intake.review.models import Decision, PrivateNote
from intake.review.registered import NotRegistered
from intake.review.services import Opinion, decide, open_form
from intake.submission.models import Revision

TYPED = "You can come, with light pressure."
TO_READ = {"note": "She walks with a stick.", "text": "Call her son.", "for_patient": TYPED}


@pytest.fixture
def opened(patient, practitioner) -> Revision:
    revision = make_sent(patient, flags={"heart_failure": "consult_first"})
    open_form(intake=revision.intake, by=practitioner.user)
    return revision


@pytest.fixture
def ended(opened) -> str:
    """As a manager enters it on the site; returns how the day is written."""
    day = timezone.localdate() - timedelta(days=1)
    Registration.objects.update(valid_until=day)
    return f"{day:%-d %B %Y}"


def saved(client: Client, revision: Revision, where: str = "decide", **more: object):
    flag = revision.flags.get()
    typed = decision_for(
        revision,
        for_patient=TYPED,
        massage_depth="light",
        massage_reason="Steady for years.",
        note=TO_READ["note"],
        **{f"flag_{flag.pk}": "other", f"flag_{flag.pk}_text": "Seen by the heart nurse."},
        **more,
    )
    return client.post(f"/reviews/{revision.intake.reference}/{where}/", typed)


class TestSavingTheDecision:
    def test_says_which_registration_ended_and_when(self, signed_in, opened, ended):
        answer = saved(signed_in, opened)

        assert answer.status_code == 409
        assert (
            f"Your registration for acupuncture ended on {ended} and for massage ended on {ended}, "
            "so nothing was stored." in answer.content.decode()
        )

    def test_shows_everything_that_was_typed_and_chosen(self, signed_in, opened, ended):
        page = saved(signed_in, opened).content.decode()

        for words in (
            *("Other. Seen by the heart nurse.", "Suitable with changes", "Light pressure"),
            *("Steady for years.", "light pressure", TYPED, TO_READ["note"]),
        ):
            assert f'<dd class="lines">{words}</dd>' in page

    def test_shows_nothing_else_about_the_patient(self, signed_in, opened, ended, patient):
        page = saved(signed_in, opened).content.decode()

        assert patient.name not in page
        assert "Heart" not in page
        assert "My shoulder has been stiff" not in page

    def test_stores_no_decision(self, signed_in, opened, ended):
        saved(signed_in, opened)

        assert not Decision.objects.exists()

    def test_is_stored_when_it_is_sent_again_after_a_manager_put_it_right(
        self, signed_in, opened, ended
    ):
        shown = saved(signed_in, opened).context["sent"]
        Registration.objects.update(valid_until=timezone.localdate())

        again = {name: value for name, value in shown}
        answer = signed_in.post(f"/reviews/{opened.intake.reference}/decide/", again)

        assert answer.status_code == 302
        assert Decision.objects.get().for_patient == TYPED

    def test_says_so_when_it_was_withdrawn(self, signed_in, opened):
        Registration.objects.all().delete()

        page = saved(signed_in, opened).content.decode()

        assert "You hold no registration now, so nothing was stored." in page
        assert TYPED in page

    def test_is_still_not_found_for_anyone_else(self, account, opened, ended):
        assert saved(client_of(account), opened).status_code == 404

    def test_from_a_page_drawn_for_someone_else_shows_what_they_typed_to_nobody(
        self, signed_in, opened, ended, masseur
    ):
        answer = saved(signed_in, opened, drawn_for=masseur.user_id)

        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("where", "field"),
    [("note", "text"), ("put-back", "note"), ("hand-over", "note"), ("colleague", "question")],
)
def test_other_words_are_not_lost_either(signed_in, opened, ended, where, field):
    address = f"/reviews/{opened.intake.reference}/{where}/"

    answer = signed_in.post(address, {field: "Call her son."})

    assert answer.status_code == 409
    assert f'{field.capitalize()}</dt><dd class="lines">Call her son.' in answer.content.decode()
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize("where", ["", "{reference}/", "T-AAAA-AAAA/", "next/"])
def test_nothing_is_read_any_more_and_the_reason_is_said(signed_in, opened, ended, where):
    answer = signed_in.get(f"/reviews/{where.format(reference=opened.intake.reference)}")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert f"for massage ended on {ended}.</strong>" in page
    assert "Go to the diary" in page
    assert "Rosa" not in page


def test_the_reason_is_said_to_nobody_else(account, opened, ended):
    assert "registration" not in client_of(account).get("/reviews/").content.decode()


class TestBehindTheCurtain:
    def test_it_is_shown_once_the_screen_is_lifted(self, signed_in, opened, ended, practitioner):
        address = f"/reviews/{opened.intake.reference}/decide/"
        signed_in.post("/hide/", {"next": "/home/"})

        answer = saved(signed_in, opened)

        assert (answer.status_code, answer.url) == (302, address)
        assert TYPED not in signed_in.get(address).content.decode()
        password = {"password": "a long enough password", "next": address}
        signed_in.post("/account/reauthenticate/", password)
        assert TYPED in signed_in.get(address).content.decode()

    def test_it_would_be_shown_without_this(self, signed_in, opened, ended, monkeypatch):
        monkeypatch.setattr(curtain, "is_hidden", lambda request: False)
        signed_in.post("/hide/", {"next": "/home/"})

        assert TYPED in saved(signed_in, opened).content.decode()


class TestPostgreSQL:
    WRITTEN = """
        INSERT INTO review_verdict (decision_id, therapy, suitability, registration_id, reason,
            next_step, precautions)
        VALUES (%s, 'massage', 'suitable', %s, '', '', '')"""

    @pytest.fixture
    def row(self, opened, practitioner) -> list[int]:
        """A decision on acupuncture, and the registration in massage, which ends."""
        decided = decide(
            revision=opened,
            opinions=[Opinion("acupuncture", "not_now", "Doctor.", next_step="see_doctor")],
            by=practitioner.user,
        )
        held = practitioner.registrations.get(therapy="massage")
        Registration.objects.filter(pk=held.pk).update(
            valid_until=timezone.localdate() - timedelta(days=1)
        )
        return [decided.pk, held.pk]

    def test_refuses_what_is_decided_with_a_registration_that_has_ended(self, row):
        with refused("verdict_by_someone_registered"):
            run(self.WRITTEN, row)

    def test_stores_it_without_this(self, row):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("review_verdict", "verdict_by_someone_registered")

        run(self.WRITTEN, row)


def test_a_service_names_the_therapy_and_the_day(opened, practitioner, masseur):
    yesterday = timezone.localdate() - timedelta(days=1)
    Registration.objects.filter(therapy="massage").update(valid_until=yesterday)

    with pytest.raises(NotRegistered, match="for massage ended on") as caught:
        decide(
            revision=opened,
            opinions=[Opinion("massage", "not_now", "Doctor.", next_step="see_doctor")],
            by=User.objects.get(pk=practitioner.user_id),
        )

    assert caught.value.therapies == ("massage",)
