"""Two devices, and a practitioner, at the same moment."""

import pytest
from factories import make_practitioner

from clinic.errors import Refused
from clinic.notices.models import Kind, Notice
from intake.review.models import Clearance, Decision
from intake.review.services import Opinion, Outdated, decide, open_form
from intake.submission import services
from intake.submission.models import Intake, Revision
from tests.submission.changes import answered_again, begun
from tests.submission.test_sending_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(complete) -> Intake:
    services.send(intake=complete, token=str(complete.form_token), by=complete.patient.account)
    return Intake.objects.select_related("patient").get(pk=complete.pk)


def test_two_devices_begin_one_change(sent):
    copies = at_once(lambda: begun(sent))

    assert len({copy.form_token for copy in copies}) == 1


def test_two_devices_send_one_revision(sent, questions, today):
    copy = answered_again(begun(sent), questions, today)
    account, token = sent.patient.account, str(copy.form_token)

    revisions = at_once(lambda: services.send(intake=copy, token=token, by=account))

    assert {revision.number for revision in revisions} == {2}
    assert Revision.objects.count() == 2
    assert Notice.objects.filter(kind=Kind.FORM_SENT).count() == 2


@pytest.mark.parametrize("turn", range(4))
def test_a_change_and_a_decision_never_pass_each_other(sent, questions, today, turn):
    """Whoever is first: either the decision sees that there is something newer, or it is held."""
    mei = make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage").user
    open_form(intake=sent, by=mei)
    first = Revision.objects.get()
    answers = {flag.pk: ("confirmed_with_doctor", "") for flag in first.flags.all()}
    opinions = [Opinion(therapy, "suitable") for therapy in first.wanted]
    copy = answered_again(begun(sent), questions, today, diabetes="no")
    account, token = sent.patient.account, str(copy.form_token)

    def decided():
        try:
            return decide(revision=first, opinions=opinions, by=mei, flag_answers=answers)
        except Refused as refused:
            return refused

    def changed():
        return services.send(intake=copy, token=token, by=account)

    work = [decided, changed] if turn % 2 else [changed, decided]
    found = at_once(lambda: work.pop()(), times=2)

    refused = [each for each in found if isinstance(each, Refused)]
    assert all(isinstance(each, Outdated) for each in refused)
    assert Decision.objects.count() == 1 - len(refused)
    assert Revision.objects.count() == 2
    assert not Clearance.objects.live_on(today).exists()
    assert Intake.objects.get(pk=sent.pk).state == "submitted"
