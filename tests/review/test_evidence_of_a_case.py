"""The body of a case, what was said about a finding before, and everything that happened."""

import pytest
from factories import make_flag, make_sent

from intake.review.models import Decision
from intake.review.services import Opinion, decide, open_form
from intake.review.weighing import Terms
from intake.submission.models import Revision

LEVELS = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), "none")
MARKED = {
    "pain_regions": ["left_knee", "neck_back"],
    "treat_regions": ["left_knee"],
    "touch_boundaries": ["belly", "left_chest"],
}


@pytest.fixture
def page_of(signed_in):
    return lambda revision: signed_in.get(f"/reviews/{revision.intake.reference}/").content.decode()


def decided(revision: Revision, by, reason: str = "tolerated_before", text: str = "") -> Decision:
    open_form(intake=revision.intake, by=by.user)
    answers = {flag.pk: (reason, text) for flag in revision.flags.all()}
    opinions = [Opinion(therapy, "suitable") for therapy in revision.wanted]
    return decide(revision=revision, opinions=opinions, by=by.user, flag_answers=answers)


class TestTheBody:
    def test_shows_what_is_marked_in_words_and_on_the_figure(self, page_of, patient):
        revision = make_sent(patient, answers=MARKED)
        local = {"massage": {"level": "contraindicated", "regions": ["left_calf"]}}
        make_flag(revision, "wound_open", 4, levels=LEVELS, local=local)

        page = page_of(revision)

        assert "Left knee; Back of neck" in page
        assert "Left calf: Open wound" in page
        assert "Tummy; Left side of chest" in page
        assert 'class="part m-found"' in page
        assert page.count('class="part m-never"') == 3  # the tummy has two parts

    def test_is_left_out_where_no_place_was_named(self, page_of, patient):
        assert "On the body" not in page_of(make_sent(patient))


class TestAFindingThatWasThereBefore:
    FLAGS = {"heart_failure": "consult_first"}

    def test_says_what_was_done_about_it(self, page_of, patient, practitioner):
        decided(make_sent(patient, flags=self.FLAGS), practitioner, text="Stable for years.")
        page = page_of(make_sent(patient, flags=self.FLAGS))

        assert "Known and tolerated before: <q>Stable for years.</q>" in page
        assert "Nothing has changed in this finding." in page

    def test_says_when_it_is_not_the_same(self, page_of, patient, practitioner):
        decided(make_sent(patient, flags=self.FLAGS), practitioner)
        page = page_of(make_sent(patient, flags={"heart_failure": "contraindicated"}))

        assert "The finding is not the same now." in page

    def test_of_another_patient_is_not_shown(self, page_of, patient, other_patient, practitioner):
        decided(make_sent(other_patient, flags=self.FLAGS), practitioner, text="Theirs alone.")

        assert "Theirs alone." not in page_of(make_sent(patient, flags=self.FLAGS))


class TestTheHistory:
    def test_says_who_read_and_who_decided(self, page_of, patient, practitioner):
        revision = make_sent(patient)
        decided(revision, practitioner)
        page = page_of(revision)

        history = page[page.index('id="history"') :]
        for words in ("Decided, and the patient told", "Read the answers", "Opened for review"):
            assert words in history
        assert "Mei Lindqvist" in history

    def test_lists_a_reading_that_is_repeated_once(self, page_of, patient):
        revision = make_sent(patient)
        for _ in range(5):
            page = page_of(revision)

        assert page.count("Read the answers") == 1


class TestADecisionOnTheCase:
    """What a colleague who takes over needs to know, without opening what was seen."""

    FLAGS = {"heart_failure": "consult_first"}

    def test_says_for_how_long_and_how_often(self, page_of, patient, practitioner):
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=practitioner.user)
        opinions = [Opinion(therapy, "suitable") for therapy in revision.wanted]
        terms = Terms(weeks=1, sessions=3, together=True)
        decide(revision=revision, opinions=opinions, by=practitioner.user, terms=terms)

        page = page_of(revision)

        assert "For 1 week and 3 visits; both therapies may share a visit." in page

    def test_says_nothing_of_sharing_where_one_therapy_is_wanted(
        self, page_of, patient, practitioner
    ):
        revision = make_sent(patient, wants=("massage",))
        open_form(intake=revision.intake, by=practitioner.user)
        terms = Terms(weeks=2, sessions=1, together=True)
        opinions = [Opinion("massage", "suitable")]
        decide(revision=revision, opinions=opinions, by=practitioner.user, terms=terms)

        assert "For 2 weeks and 1 visit.</p>" in page_of(revision)

    def test_says_no_term_where_nothing_is_cleared(self, page_of, patient, practitioner):
        revision = make_sent(patient, wants=("massage",))
        open_form(intake=revision.intake, by=practitioner.user)
        opinion = Opinion("massage", "not_now", reason="Fever.", next_step="see_doctor")
        decide(revision=revision, opinions=[opinion], by=practitioner.user)

        assert "For 6 weeks" not in page_of(revision)

    def test_says_what_was_done_about_each_stop_flag(self, page_of, patient, practitioner):
        revision = make_sent(patient, flags=self.FLAGS | {"dvt_past": "consult_first"})
        decided(revision, practitioner, reason="other", text="Asked her nurse.")

        page = page_of(revision)

        record = page.partition('<article class="record">')[2].partition("</article>")[0]
        assert record.count("Other. <q>Asked her nurse.</q>") == 2
        assert "Heart failure: Other." in record
