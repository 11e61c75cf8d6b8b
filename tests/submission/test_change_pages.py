"""The pages on which a patient changes a sent form."""

import pytest
from django.urls import reverse

from intake.submission import services
from intake.submission.models import EmergencyEvent, Intake, Revision
from tests.submission.changes import answered_again, begun, said
from tests.submission.places import at, page_at


@pytest.fixture
def sent(complete) -> Intake:
    services.send(intake=complete, token=str(complete.form_token), by=complete.patient.account)
    return Intake.objects.select_related("patient").get(pk=complete.pk)


def text(response) -> str:
    return response.content.decode()


class TestTheReason:
    def test_is_asked_first_and_nothing_is_chosen(self, patient_client, sent):
        page = text(patient_client.get(at("change", sent)))

        assert page.count('type="radio"') == 4
        assert "checked" not in page
        assert not Intake.objects.get(pk=sent.pk).is_changing

    @pytest.mark.parametrize("typed", [{}, {"reason": "because"}, {"note": "x" * 300}])
    def test_that_is_missing_comes_back_with_a_sentence(self, patient_client, sent, typed):
        answer = patient_client.post(at("change", sent), typed)

        assert answer.status_code == 422
        assert "Choose why you want to change your form." in text(answer)
        assert typed.get("note", "") in text(answer)

    def test_leads_to_the_list_of_parts(self, patient_client, sent):
        answer = patient_client.post(at("change", sent), {"reason": "forgot", "note": "a pill"})

        assert answer.url == at("tasks", sent)
        page = text(patient_client.get(answer.url))
        assert "You are changing your form." in page
        assert "Keep my form as it was" in page
        assert Intake.objects.get(pk=sent.pk).change_note == "a pill"

    def test_is_not_asked_of_a_form_that_was_taken_back(self, patient_client, sent):
        services.move(intake=sent, name="withdraw", by=sent.patient.account)

        answer = patient_client.get(at("change", sent))

        assert answer.status_code == 409
        assert "This form cannot be changed any more" in text(answer)


class TestAQuestionAskedAnew:
    def test_is_empty_with_the_last_answer_beside_it(self, patient_client, sent, questions):
        begun(sent)

        page = text(patient_client.get(page_at(sent, questions.page("organs"))))

        assert "Last time you said: Yes" in page
        assert page.count("Last time you said: No") == 3
        assert "checked" not in page

    def test_never_shows_a_private_answer(self, patient_client, sent, questions):
        begun(sent)

        page = text(patient_client.get(page_at(sent, questions.page("home"))))

        assert "Last time" not in page
        assert "checked" not in page

    def test_left_alone_is_not_an_answer(self, patient_client, sent, questions):
        begun(sent)
        here = questions.page("organs")

        answer = patient_client.post(page_at(sent, here), {"diabetes": "no"})

        assert answer.status_code == 422
        answers = Intake.objects.get(pk=sent.pk).answers
        assert answers["diabetes"] == "no"
        assert "kidney_disease" not in answers

    def test_may_be_urgent_as_in_any_form(self, patient_client, sent, questions):
        begun(sent)
        here = questions.page("emergency_head")

        answer = patient_client.post(page_at(sent, here), {"em_stroke": "yes"})

        assert "/stop/" in answer.url
        assert EmergencyEvent.objects.get().codes == ["em_stroke"]
        patient_client.post(answer.url, {"happened": "mistake"})
        assert EmergencyEvent.objects.count() == 2


class TestTheListOfMedicines:
    @pytest.fixture
    def here(self, sent, questions):
        said(begun(sent), takes_medicines="yes")
        return page_at(sent, questions.page("medicines"))

    def test_is_shown_and_not_taken_as_answered(self, patient_client, sent, here):
        answer = patient_client.get(here, follow=True)

        assert "Is this list still right?" in text(answer)
        assert "Metformin" in text(answer)
        assert "medicines" not in Intake.objects.get(pk=sent.pk).answers

    @pytest.mark.parametrize("button", ["same", "other"])
    def test_counts_after_a_press(self, patient_client, sent, questions, here, button):
        confirm = patient_client.get(here).url

        answer = patient_client.post(confirm, {button: "1"})

        assert (answer.url == here) == (button == "other")
        assert Intake.objects.get(pk=sent.pk).answers["medicines"][0]["name"] == "Metformin"

    def test_is_not_asked_about_twice(self, patient_client, here):
        confirm = patient_client.get(here).url
        patient_client.post(confirm, {"same": "1"})

        assert patient_client.get(here).status_code == 200
        assert patient_client.get(confirm).url == here


class TestSendingAChange:
    def test_from_the_check_page(self, patient_client, sent, questions, today):
        copy = answered_again(begun(sent), questions, today, diabetes="no")
        assert "You are changing your form." in text(patient_client.get(at("check", sent)))

        answer = patient_client.post(at("send", sent), {"token": str(copy.form_token)}, follow=True)

        assert Revision.objects.count() == 2
        assert "You changed your form on" in text(answer)
        assert "It is on hold until then." in text(answer)

    def test_that_was_dropped_keeps_the_form(self, patient_client, sent):
        begun(sent)
        drop = at("drop_change", sent)

        assert Intake.objects.get(pk=sent.pk).is_changing
        assert "Keep your form as it was?" in text(patient_client.get(drop))
        answer = patient_client.post(drop, follow=True)

        assert "Your form stays as it was." in text(answer)
        assert not Intake.objects.get(pk=sent.pk).is_changing
        assert patient_client.post(drop).url == at("sent", sent)


def test_strangers_find_nothing(client, sent, other_patient, questions):
    client.force_login(other_patient.account)
    begun(sent)
    number = questions.page("medicines").number
    for name, rest in (("change", []), ("drop_change", []), ("last_list", [number])):
        address = reverse(f"submission:{name}", args=[sent.reference, *rest])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
