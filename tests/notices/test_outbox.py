from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.notices.models import Kind, Notice
from clinic.notices.services import LEASE, WAITS, send, send_all_due, tell
from clinic.people.languages import keep

HEALTH_WORDS = ["pain", "pregnan", "medicine", "needle", "massage", "acupuncture", "health"]
HEALTH_WORDS += ["dolor", "embaraz", "medicament", "aguja", "masaje", "acupuntura", "salud"]


class TestTelling:
    def test_queues_the_notice_and_its_job_together(self, patient):
        notice = tell(patient=patient, kind=Kind.BOOKED, reference="T-2222-3333")

        ours = ProcrastinateJob.objects.filter(args={"notice_id": notice.pk})
        assert ours.count() == 1

    def test_leaves_nothing_when_the_change_is_rolled_back(self, patient):
        before = ProcrastinateJob.objects.count()  # a browser test may have left some
        with pytest.raises(RuntimeError), transaction.atomic():
            tell(patient=patient, kind=Kind.BOOKED)
            raise RuntimeError

        assert (Notice.objects.count(), ProcrastinateJob.objects.count()) == (0, before)


class TestSending:
    def test_happens_once(self, patient):
        notice = tell(patient=patient, kind=Kind.FORM_SENT, reference="T-2222-3333")

        assert [send(notice_id=notice.pk), send(notice_id=notice.pk)] == [True, False]
        assert [m.to for m in mail.outbox] == [["rosa@example.org"]]

    def test_is_taken_up_again_after_a_worker_was_killed(self, patient):
        notice = tell(patient=patient, kind=Kind.FORM_SENT)
        now = timezone.now()
        Notice.objects.filter(pk=notice.pk).update(leased_until=now + LEASE, attempts=1)

        assert send_all_due(now=now) == 0
        assert send_all_due(now=now + LEASE + timedelta(seconds=1)) == 1

    def test_is_tried_again_later_and_given_up_in_plain_sight(self, patient, settings):
        settings.EMAIL_BACKEND = "nowhere.EmailBackend"
        notice = tell(patient=patient, kind=Kind.FORM_SENT)
        now = timezone.now()
        for wait in WAITS:
            send(notice_id=notice.pk, now=now)
            notice.refresh_from_db()
            assert notice.failed_at is None
            now += wait + timedelta(seconds=1)
        send(notice_id=notice.pk, now=now)

        notice.refresh_from_db()
        assert notice.failed_at is not None
        assert notice.attempts == len(WAITS) + 1

    @pytest.mark.parametrize("language", ["en", "es"])
    @pytest.mark.parametrize("kind", Kind.values)
    def test_holds_no_health_word(self, patient, kind, language):
        keep(language=language, by=patient.account)
        send(notice_id=tell(patient=patient, kind=kind, when=timezone.now()).pk)

        text = (mail.outbox[0].subject + mail.outbox[0].body).lower()
        assert [word for word in HEALTH_WORDS if word in text] == []
