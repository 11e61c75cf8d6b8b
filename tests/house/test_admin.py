"""The admin site: what managers run from it, and what is not there for them to read."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.utils import timezone
from factories import make_sent
from signing_in import client_of

from clinic.audit.models import Event
from clinic.encryption import EncryptedField
from clinic.people.models import Practitioner, User


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_user("ada@example.org", name="Ada Novak", is_manager=True)


@pytest.fixture
def manager(ada):
    return client_of(ada)


def encrypted() -> list[str]:
    """Every model with a field that is stored encrypted."""
    return [
        model._meta.label_lower
        for model in apps.get_models()
        if any(isinstance(field, EncryptedField) for field in model._meta.fields)
    ]


class TestHealthRecords:
    def test_are_known_to_this_test(self):
        assert {"submission.revision", "review.decision", "referral.letter"} <= set(encrypted())

    def test_have_no_page(self):
        registered = {model._meta.label_lower for model in admin.site._registry}

        assert registered & set(encrypted()) == set()


class TestEveryPage:
    @pytest.mark.parametrize(
        "model", sorted(admin.site._registry, key=lambda model: model._meta.label)
    )
    def test_opens_for_a_manager(self, manager, model):
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"

        assert manager.get(base).status_code == 200
        assert manager.get(f"{base}?q=x").status_code == 200
        assert manager.get(f"{base}add/").status_code in (200, 403)

    def test_is_not_there_for_others(self, practitioner, patient):
        for someone in (practitioner.user, patient.account):
            assert client_of(someone).get("/admin/people/user/").status_code in (302, 404)


class TestAnAccount:
    def test_keeps_its_address_so_that_nobody_can_have_its_password_sent_elsewhere(
        self, manager, practitioner
    ):
        form = {"email": "ada.too@example.org", "name": "Mei", "is_active": "on"}

        manager.post(f"/admin/people/user/{practitioner.user_id}/change/", form)

        practitioner.user.refresh_from_db()
        assert (practitioner.user.name, practitioner.user.email) == ("Mei", "mei@example.org")

    def test_gets_no_second_address(self, manager):
        assert manager.get("/admin/account/emailaddress/").status_code == 404

    def test_shows_nothing_of_the_second_factor_but_that_it_is_there(self, manager, ada):
        key = ada.authenticator_set.get().pk

        page = manager.get(f"/admin/mfa/authenticator/{key}/change/").content.decode()

        assert "secret" not in page


class TestAppointing:
    FORM = {
        "title": "Someone",
        "registrations-TOTAL_FORMS": "0",
        "registrations-INITIAL_FORMS": "0",
    }

    def test_oneself_is_refused(self, manager, ada):
        answer = manager.post("/admin/people/practitioner/add/", self.FORM | {"user": ada.pk})

        assert "You cannot appoint yourself." in answer.content.decode()
        assert not Practitioner.objects.exists()

    def test_a_colleague_is_on_record(self, manager, ada):
        sam = User.objects.create_user("sam@example.org", name="Sam Reid")

        manager.post("/admin/people/practitioner/add/", self.FORM | {"user": sam.pk})

        assert Practitioner.objects.get().user == sam
        assert Event.objects.get(action="practitioner_appointed").by == ada


class TestAPractitionerWhoseRegistrationHasEnded:
    def test_keeps_the_diary_and_reads_nothing(self, practitioner, patient):
        reference = make_sent(patient).intake.reference
        practitioner.registrations.update(valid_until=timezone.localdate() - timedelta(days=1))
        client = client_of(practitioner.user)

        assert client.get("/home/").url == "/diary/"
        assert client.get("/diary/").status_code == 200
        for page in ("/reviews/", f"/reviews/{reference}/", "/referrals/"):
            assert client.get(page).status_code == 404


class TestTheClinic:
    @pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../etc", "x" * 70])
    def test_takes_no_time_zone_that_does_not_exist(self, manager, zone):
        answer = manager.post(
            "/admin/identity/clinic/add/", {"name": "x", "reply_days": "3", "time_zone": zone}
        )

        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
