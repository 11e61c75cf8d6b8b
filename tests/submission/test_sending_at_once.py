"""Two presses of the same button at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from clinic.notices.models import Notice
from intake.submission import services
from intake.submission.models import Intake, Revision

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, times: int = 4) -> list:
    barrier = Barrier(times)

    def run(_):
        try:
            barrier.wait(10)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


class TestPressedTwice:
    def test_sending_gives_everyone_the_same_single_revision(self, complete):
        account, token = complete.patient.account, str(complete.form_token)
        sent = at_once(lambda: services.send(intake=complete, token=token, by=account))
        assert {revision.pk for revision in sent} == {Revision.objects.get().pk}
        assert Notice.objects.count() == 1

    def test_beginning_gives_one_draft(self, questions, account):
        drafts = at_once(lambda: services.begin(by=account))
        assert {draft.pk for draft in drafts} == {Intake.objects.get().pk}

    def test_saving_different_pages_loses_neither(self, draft):
        account = draft.patient.account
        pages = [{"own_words": "a"}, {"full_name": "b"}, {"call_me": "c"}, {"phone": "d"}]
        left = list(pages)
        at_once(lambda: services.save_answers(intake=draft, answers=left.pop(), by=account))
        draft.refresh_from_db()
        assert draft.answers == {code: text for page in pages for code, text in page.items()}
