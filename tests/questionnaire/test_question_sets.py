"""Versions: published once, never changed, and the database holds that."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction

from clinic.audit.models import Event
from intake.questionnaire import services, source
from intake.questionnaire.models import Option, Page, Question, QuestionSet, Section
from intake.questionnaire.services import (
    AlreadyPublished,
    NotUsable,
    load_default,
    publish,
)

CHANGES = [
    "UPDATE questionnaire_questionset SET title = 'changed' WHERE id = {set}",
    "UPDATE questionnaire_questionset SET published_at = NULL WHERE id = {set}",
    "DELETE FROM questionnaire_option WHERE question_set_id = {set}",
    "UPDATE questionnaire_option SET label = 'changed' WHERE question_set_id = {set}",
    "DELETE FROM questionnaire_question q WHERE question_set_id = {set}"
    " AND NOT EXISTS (SELECT 1 FROM questionnaire_option o WHERE o.question_id = q.id)",
    "UPDATE questionnaire_question SET label = 'changed' WHERE question_set_id = {set}",
    "UPDATE questionnaire_page SET ask_when = NULL WHERE question_set_id = {set}",
    "UPDATE questionnaire_section SET title = 'changed' WHERE question_set_id = {set}",
    "INSERT INTO questionnaire_section (question_set_id, code, title, intro, position)"
    " VALUES ({set}, 'more', 'More', '', 99)",
    "UPDATE questionnaire_section SET question_set_id = {set} WHERE question_set_id = {draft}",
]

TRIGGERS = {
    "questionnaire_questionset": "questionnaire_set_published",
    "questionnaire_section": "questionnaire_section_of_published_set",
    "questionnaire_page": "questionnaire_page_of_published_set",
    "questionnaire_question": "questionnaire_question_of_published_set",
    "questionnaire_option": "questionnaire_option_of_published_set",
}


def execute(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


@pytest.fixture
def draft(db):
    made = QuestionSet.objects.create(number=77, title="Draft")
    Section.objects.create(question_set=made, code="only", title="Only", position=50)
    return made


class TestAPublishedSet:
    @pytest.mark.parametrize("sql", CHANGES)
    def test_refuses_every_change_even_by_hand(self, published, draft, sql):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            execute(sql.format(set=published.pk, draft=draft.pk))

        assert refusal.value.__cause__.diag.constraint_name == "question_set_is_published"

    @pytest.mark.parametrize("sql", CHANGES)
    def test_without_its_triggers_would_change(self, published, draft, sql):
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in TRIGGERS.items():
            execute(f"DROP TRIGGER {trigger} ON {table}")
        execute("SET CONSTRAINTS ALL DEFERRED")

        assert execute(sql.format(set=published.pk, draft=draft.pk)) > 0

    @pytest.mark.parametrize("table", list(TRIGGERS)[1:])
    def test_loses_no_part_to_another_set(self, published, draft, table):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            execute(f"UPDATE {table} SET question_set_id = {draft.pk}")

        assert refusal.value.__cause__.diag.constraint_name == "question_set_is_published"

    def test_cannot_be_deleted(self, published):
        with pytest.raises(IntegrityError), transaction.atomic():
            published.delete()

    def test_cannot_be_published_twice(self, published):
        with pytest.raises(AlreadyPublished):
            publish(question_set=published, by=None)

    def test_names_who_published_it_and_when(self, draft, account):
        now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

        publish(question_set=draft, by=account, now=now)

        assert (draft.published_at, draft.published_by) == (now, account)
        assert Event.objects.filter(action="question_set_published", by=account).count() == 1

    def test_leaves_no_trace_when_the_event_cannot_be_written(self, draft, monkeypatch):
        def fail(**kwargs):
            raise RuntimeError

        monkeypatch.setattr(services, "record", fail)

        with pytest.raises(RuntimeError):
            publish(question_set=draft, by=None)

        assert not QuestionSet.objects.get(pk=draft.pk).is_published


class TestADraft:
    def test_cannot_name_who_published_it_before_it_is(self, draft, account):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionSet.objects.filter(pk=draft.pk).update(published_by=account)

    def test_can_be_changed_and_deleted(self, draft):
        assert Section.objects.filter(question_set=draft).update(title="Changed") == 1
        draft.delete()

        assert not QuestionSet.objects.filter(number=77).exists()

    def test_becomes_the_current_set_when_published(self, published, draft):
        assert QuestionSet.objects.current() == published

        publish(question_set=draft, by=None)

        assert QuestionSet.objects.current() == draft

    def test_cannot_hold_a_page_of_another_sets_section(self, published, draft):
        section = Section.objects.filter(question_set=published).first()

        with pytest.raises(IntegrityError), transaction.atomic():
            Page.objects.create(question_set=draft, section=section, code="stray", position=99)
            execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_cannot_use_a_code_twice(self, draft):
        page = Page.objects.create(
            question_set=draft, section=draft.sections.get(), code="p", position=1
        )
        Question.objects.create(
            question_set=draft, page=page, code="q", kind="text", label="Q", position=1
        )

        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.create(
                question_set=draft, page=page, code="q", kind="text", label="Q", position=2
            )


def publish_without_waiting(number: int) -> str:
    """What another connection meets that publishes this set at the same time."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
            cursor.execute(
                "UPDATE questionnaire_questionset SET published_at = now() WHERE number = %s",
                [number],
            )
        return "published"
    except OperationalError:
        return "waits"
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
class TestPublishingWhileAPartIsBeingAdded:
    def meets(self) -> str:
        draft = QuestionSet.objects.create(number=5, title="Draft")
        with transaction.atomic():
            Section.objects.create(question_set=draft, code="late", title="Late", position=1)
            return publish_without_waiting(5)

    def test_waits_for_it(self):
        assert self.meets() == "waits"

    def test_without_the_trigger_would_slip_past_it(self):
        with transaction.atomic():
            execute(
                "ALTER TABLE questionnaire_section"
                " DISABLE TRIGGER questionnaire_section_of_published_set"
            )

        try:
            assert self.meets() == "published"
        finally:
            execute(
                "ALTER TABLE questionnaire_section"
                " ENABLE ALWAYS TRIGGER questionnaire_section_of_published_set"
            )


class TestLoadingTheDefault:
    def test_publishes_everything_in_the_files(self, published):
        files = source.default()

        assert published.number == 1
        assert published.is_published
        assert Question.objects.filter(question_set=published).count() == len(
            list(source.questions(files))
        )
        assert Option.objects.filter(question_set=published).count() == sum(
            len(question.get("options", [])) for question in source.questions(files)
        )

    def test_a_second_time_changes_nothing(self, published):
        again = load_default()

        assert again == published
        assert QuestionSet.objects.count() == 1

    def test_with_changed_files_publishes_the_next_number_and_keeps_the_old(
        self, published, monkeypatch
    ):
        changed = source.default()
        changed["sections"][0]["title"] = "You"
        monkeypatch.setattr(source, "default", lambda: changed)

        second = load_default()

        assert (second.number, second.sections.first().title) == (2, "You")
        assert QuestionSet.objects.current() == second
        assert published.sections.first().title == "About you"

    def test_of_unusable_files_publishes_nothing_and_says_why(self, db, monkeypatch):
        broken = source.default()
        broken["sections"].append(broken["sections"][0])
        monkeypatch.setattr(source, "default", lambda: broken)

        with pytest.raises(NotUsable) as refusal:
            load_default()

        assert "part about_you is there twice" in refusal.value.sentence
        assert not QuestionSet.objects.exists()

    def test_by_command_says_what_was_done(self, db):
        out = StringIO()

        call_command("load_questions", stdout=out)
        call_command("load_questions", stdout=out)

        assert out.getvalue().splitlines() == [
            "Version 1 of the questions is now published.",
            "Spanish, translation 1 of Version 1 is now published.",
            "Version 1 of the questions was already published.",
            "Spanish, translation 1 of Version 1 was already published.",
        ]

    def test_by_command_of_unusable_files_fails_with_the_reason(self, db, monkeypatch):
        broken = source.default()
        broken["sections"].append(broken["sections"][0])
        monkeypatch.setattr(source, "default", lambda: broken)

        with pytest.raises(CommandError, match="part about_you is there twice"):
            call_command("load_questions")


class TestTheAdminSite:
    @pytest.fixture
    def site(self):
        return admin.site.get_model_admin(QuestionSet)

    @pytest.fixture
    def request_by_manager(self, rf, account):
        account.is_manager = True
        request = rf.get("/")
        request.user = account
        return request

    def test_shows_a_published_set_for_reading_only(self, request_by_manager, published, site):
        assert site.has_view_permission(request_by_manager, published)
        assert not site.has_change_permission(request_by_manager, published)
        assert not site.has_delete_permission(request_by_manager, published)
        assert not site.has_add_permission(request_by_manager)

    def test_lets_a_draft_be_changed(self, request_by_manager, draft, site):
        assert site.has_change_permission(request_by_manager, draft)
        assert site.has_delete_permission(request_by_manager, draft)

    def test_lists_versions_and_shows_their_questions(self, request_by_manager, published, site):
        listed = site.changelist_view(request_by_manager).render().content.decode()
        opened = site.changeform_view(request_by_manager, str(published.pk)).render()

        assert "Health form" in listed
        assert "Do you have a pacemaker?" in opened.content.decode()
