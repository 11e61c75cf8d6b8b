"""Published words never change and never vanish; PostgreSQL holds that, whoever asks."""

import pytest
from django.db import IntegrityError, transaction
from pseudo_translation import check_all
from refusals import refused, run, stored, without, without_constraint

from intake.questionnaire.models import Translation

TEXTS, TRANSLATIONS = "questionnaire_translatedtext", "questionnaire_translation"
OF_TEXTS = "questionnaire_text_of_published_translation"
OF_TRANSLATIONS = "questionnaire_translation_published"
ONE = "WHERE translation_id = {pk} AND address = 'question.born.label'"
CHECK = "state = 'checked', checked_by_id = {bea}, checked_at = now()"
OTHER_TEXTS = [
    f"UPDATE {TEXTS} SET text = 'otra' {ONE}",
    f"UPDATE {TEXTS} SET original = 'other' {ONE}",
    f"UPDATE {TEXTS} SET is_vital = NOT is_vital {ONE}",
    f"UPDATE {TEXTS} SET text = 'otra', {CHECK} {ONE}",
    f"UPDATE {TEXTS} SET translation_id = {{draft}} {ONE}",
    f"DELETE FROM {TEXTS} {ONE}",
    f"INSERT INTO {TEXTS} (translation_id, address, original, text, is_vital, state)"
    " VALUES ({pk}, 'question.more.label', 'More', 'Más', false, 'draft')",
]
OTHER_CHECKS = [
    f"UPDATE {TEXTS} SET state = 'draft', checked_by_id = NULL, checked_at = NULL {ONE}",
    f"UPDATE {TEXTS} SET checked_by_id = {{ada}} {ONE}",
    f"UPDATE {TEXTS} SET checked_at = now() - interval '1 day' {ONE}",
]
OTHER_TRANSLATIONS = [
    f"UPDATE {TRANSLATIONS} SET language = 'fr' WHERE id = {{pk}}",
    f"UPDATE {TRANSLATIONS} SET number = 7 WHERE id = {{pk}}",
    f"UPDATE {TRANSLATIONS} SET published_at = NULL WHERE id = {{pk}}",
]


@pytest.fixture
def names(spanish, published, bea, account) -> dict[str, int]:
    draft = Translation.objects.create(question_set=published, language="es", number=9)
    return {"pk": spanish.pk, "draft": draft.pk, "bea": bea.pk, "ada": account.pk}


@pytest.fixture
def checked(spanish, bea) -> None:
    check_all(spanish, bea)


class TestAPublishedText:
    @pytest.mark.parametrize("sql", OTHER_TEXTS)
    def test_refuses_other_words(self, names, sql):
        with refused("translation_is_published"):
            run(sql.format(**names))

    @pytest.mark.parametrize("sql", OTHER_TEXTS)
    def test_without_the_trigger_takes_them(self, names, sql):
        without(TEXTS, OF_TEXTS)

        run(sql.format(**names))

    @pytest.mark.parametrize("sql", OTHER_CHECKS)
    def test_refuses_another_word_on_who_checked_it(self, names, checked, sql):
        with refused("translation_is_published"):
            run(sql.format(**names))

    @pytest.mark.parametrize("sql", OTHER_CHECKS)
    def test_without_the_trigger_takes_that_too(self, names, checked, sql):
        without(TEXTS, OF_TEXTS)

        run(sql.format(**names))

    def test_lets_itself_be_checked(self, names):
        run(f"UPDATE {TEXTS} SET {CHECK} {ONE}".format(**names))

        assert run(f"SELECT state FROM {TEXTS} {ONE}".format(**names)) == ("checked",)

    def test_is_not_checked_by_nobody(self, names):
        with refused("translated_text_checked_by_someone"):
            run(f"UPDATE {TEXTS} SET state = 'checked' {ONE}".format(**names))

    def test_without_the_constraint_would_be(self, names):
        without_constraint(TEXTS, "translated_text_checked_by_someone")

        run(f"UPDATE {TEXTS} SET state = 'checked' {ONE}".format(**names))


class TestAPublishedTranslation:
    @pytest.mark.parametrize("sql", OTHER_TRANSLATIONS)
    def test_refuses_to_become_another(self, names, sql):
        with refused("translation_is_published"):
            run(sql.format(**names))

    @pytest.mark.parametrize("sql", OTHER_TRANSLATIONS)
    def test_without_the_trigger_becomes_it(self, names, sql):
        without(TRANSLATIONS, OF_TRANSLATIONS)

        run(sql.format(**names))

    def test_stays(self, names, spanish):
        with pytest.raises(IntegrityError), transaction.atomic():
            spanish.delete()

    def test_without_both_triggers_is_gone(self, names, spanish):
        without(TEXTS, OF_TEXTS)
        without(TRANSLATIONS, OF_TRANSLATIONS)

        spanish.delete()

        assert stored(TEXTS) == 0


class TestADraft:
    def test_can_be_written_and_thrown_away(self, names):
        draft = Translation.objects.get(pk=names["draft"])
        text = draft.texts.create(address="a", original="a", text="b", is_vital=False)
        text.text = "c"
        text.save()
        draft.delete()

        assert not Translation.objects.filter(pk=names["draft"]).exists()

    def test_holds_no_empty_text(self, names):
        with refused("translated_text_has_words"):
            Translation.objects.get(pk=names["draft"]).texts.create(
                address="a", original="a", text="", is_vital=False
            )

    def test_is_never_of_the_original_language(self, published):
        with refused("translation_is_of_another_language"):
            Translation.objects.create(question_set=published, language="en", number=1)

    def test_has_a_number_of_its_own(self, names, published):
        with refused("translation_number_once"):
            Translation.objects.create(question_set=published, language="es", number=1)
