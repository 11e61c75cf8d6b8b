"""A language is offered once a person has checked all of it that is urgent or signed."""

import pytest
from pseudo_translation import accented, all_texts, check_all
from signing_in import client_of

from clinic.audit.models import Event
from intake.questionnaire.emergency import messages, short_check
from intake.questionnaire.models import Translation
from intake.questionnaire.offered import offered
from intake.questionnaire.translating import load_translation, mark_checked


def check(translation, by, **which) -> None:
    addresses = translation.texts.filter(**which).values_list("address", flat=True)
    mark_checked(translation=translation, addresses=list(addresses), by=by)


class TestALanguage:
    def test_is_not_offered_while_nobody_has_checked_it(self, published, spanish):
        assert offered(published.pk, "es") is None

    def test_is_offered_once_all_that_is_urgent_or_signed_is_checked(self, published, spanish, bea):
        check(spanish, bea, is_vital=True)

        assert offered(published.pk, "es") == spanish
        assert spanish.texts.filter(state="draft").exists()

    @pytest.mark.parametrize(
        "address",
        [
            "message.M4.text",
            "check.sign.em_stroke",
            "question.em_stroke.label",
            "option.em_suicide.thoughts",
            "question.consent_massage.parts.1.points.2",
            "question.signature.statement",
            "page.sign.why",
        ],
    )
    def test_is_not_offered_without_any_one_of_these(self, published, spanish, bea, address):
        others = spanish.texts.exclude(address=address).values_list("address", flat=True)
        mark_checked(translation=spanish, addresses=list(others), by=bea)

        assert offered(published.pk, "es") is None

    def test_is_not_offered_while_its_correction_is_unchecked(
        self, published, spanish, bea, write_spanish
    ):
        check_all(spanish, bea)
        words = {address: accented(text) for address, text in all_texts(published).items()}
        write_spanish(words | {"message.M1.text": "Llame ahora."})
        second = load_translation(question_set=published, language="es")

        assert offered(published.pk, "es") is None

        check_all(second, bea)
        assert offered(published.pk, "es") == second

    def test_is_not_offered_when_a_vital_text_was_never_translated(self, published, bea):
        bare = Translation.objects.create(question_set=published, language="fr", number=1)
        bare.texts.create(address="message.M1.text", original="x", text="y", is_vital=True)
        Translation.objects.filter(pk=bare.pk).update(published_at="2026-11-24T09:00Z")
        check_all(bare, bea)

        assert offered(published.pk, "fr") is None

    def test_takes_one_query_and_the_original_none(
        self, published, spanish, bea, django_assert_num_queries
    ):
        check_all(spanish, bea)
        with django_assert_num_queries(1):
            offered(published.pk, "es")
        with django_assert_num_queries(0):
            assert offered(published.pk, "en") is offered(published.pk, None) is None


class TestTheShortCheckBeforeSignIn:
    def test_is_shown_also_unchecked(self, spanish):
        check = short_check("es")

        assert check.heading == accented(short_check().heading)
        assert check.signs[0].label == accented(short_check().signs[0].label)
        assert check.signs[0].message == messages("es")["M1"]
        assert messages("es")["M1"].text == accented(messages()["M1"].text)

    def test_is_english_where_there_are_no_words(self, write_spanish):
        write_spanish({"check.heading": "¿Le pasa algo de esto ahora?"})

        check = short_check("es")

        assert check.heading == "¿Le pasa algo de esto ahora?"
        assert check.intro == short_check().intro
        assert short_check("fr") == short_check()


class TestThePageOfATranslation:
    @pytest.fixture
    def manager(self, bea):
        return client_of(bea)

    @pytest.fixture
    def address(self, spanish) -> str:
        return f"/admin/questionnaire/translation/{spanish.pk}/change/"

    def test_shows_both_languages_and_what_is_in_the_way(self, manager, address):
        page = manager.get(f"{address}?part=consent").content.decode()

        assert "Typing your name and ticking the box" in page
        assert accented("Typing your name and ticking the box") in page
        assert "Not offered to patients yet." in page
        assert "in the way" in page

    def test_marks_one_text(self, manager, address, spanish, bea):
        answer = manager.post(f"{address}?part=consent", {"address": "page.sign.why"}, follow=True)

        assert "1 text marked as checked." in answer.content.decode()
        assert [t.address for t in spanish.texts.filter(checked_by=bea)] == ["page.sign.why"]

    def test_marks_a_whole_part_only_with_the_word_that_it_was_read(
        self, manager, address, spanish
    ):
        refused = manager.post(f"{address}?part=consent")
        assert refused.status_code == 422
        assert "Tick the box to say that you have read" in refused.content.decode()
        assert not spanish.texts.filter(state="checked").exists()

        manager.post(f"{address}?part=consent", {"read": "1"})

        checked = set(spanish.texts.filter(state="checked").values_list("address", flat=True))
        assert {"page.sign.why", "option.signed_for.parent"} <= checked
        assert "message.M1.text" not in checked
        assert Event.objects.filter(action="translation_checked").count() == 1

    def test_says_when_patients_have_it(self, manager, address, spanish, bea):
        check_all(spanish, bea)

        page = manager.get(address).content.decode()

        assert "Patients can fill in version 1 in Spanish." in page
        assert "Mark all" not in page

    def test_is_listed_with_counts(self, manager, spanish):
        listed = manager.get("/admin/questionnaire/translation/").content.decode()

        assert "Spanish, translation 1 of Version 1" in listed

    def test_opens_in_few_queries(self, manager, address, django_assert_max_num_queries):
        manager.get(address)
        with django_assert_max_num_queries(15):
            manager.get(f"{address}?part=health")

    @pytest.mark.parametrize("number", ["0", "9" * 30, "x"])
    def test_is_not_found_under_another_number(self, manager, spanish, number):
        address = f"/admin/questionnaire/translation/{number}/change/"

        assert manager.get(address).status_code == 404

    def test_is_for_managers(self, address, practitioner, account):
        for someone in (practitioner.user, account):
            assert client_of(someone).get(address).status_code in (302, 404)
