"""What the patient said in an earlier form. Shown, and never an answer by itself."""

from datetime import date

from intake.questionnaire.conditions import OPENED
from intake.questionnaire.outline import PageOutline, QuestionOutline, SetOutline, outline
from intake.questionnaire.shape import LISTS_MEDICINES, Answers
from intake.submission.models import Intake, Revision
from intake.submission.words_shown import SEEN


def carried_over(answers: Answers, questions: SetOutline) -> Answers:
    """What still stands when a form is changed: all but what is asked anew and its consequences."""
    anew = {question.code for question in questions.questions() if question.is_asked_anew}
    return {code: value for code, value in answers.items() if code not in {*anew, OPENED, SEEN}}


def restored(working_copy: Answers, sent: Answers, questions: SetOutline) -> Answers:
    """The answers as they were sent, with what is kept beside them."""
    known = questions.codes()
    return {code: value for code, value in working_copy.items() if code not in known} | sent


def earlier(intake: Intake, questions: SetOutline) -> Answers:
    """Of what was said last time, all that this version asks in the same way. What is private or
    sensitive stays out: others may see this screen. So does what is signed each time."""
    if intake.builds_on_id is None:
        return {}
    last: Revision = intake.builds_on
    before = outline(last.question_set_id)
    known = before.codes()
    return {
        question.code: last.answers[question.code]
        for question in questions.questions()
        if question.code in last.answers
        and question.code in known
        and _is_the_same(question, before.question(question.code))
        and question.still_offers(last.answers[question.code])
    }


def _is_the_same(question: QuestionOutline, before: QuestionOutline) -> bool:
    is_for_one_alone = question.private or question.extras.get("sensitive")
    return question.kind == before.kind and not is_for_one_alone and not question.is_signed


def said_last_time(intake: Intake, questions: SetOutline) -> dict[str, str]:
    """Safety question -> the words to show beside it while it is answered anew."""
    return {
        code: questions.question(code).words(value)
        for code, value in earlier(intake, questions).items()
        if questions.question(code).is_safety
    }


def offered(intake: Intake, questions: SetOutline) -> Answers:
    """What the boxes of a page begin with: answers that seldom change. They count once the person
    goes on from the page."""
    return {
        code: value
        for code, value in earlier(intake, questions).items()
        if questions.question(code).is_stable
    }


def list_to_confirm(intake: Intake, page: PageOutline) -> QuestionOutline | None:
    """The list of medicines of this page, while it has no answer and there is one of last time."""
    listed = next((each for each in page.questions if each.kind == LISTS_MEDICINES), None)
    if listed is None or listed.is_answered(intake.answers.get(listed.code)):
        return None
    return listed if earlier(intake, page.whole).get(listed.code) else None


def block_to_confirm(
    intake: Intake, questions: SetOutline, section: str, today: date
) -> list[tuple[QuestionOutline, object]]:
    """What seldom changes in this part of a new form, as it was last time; nothing once anything
    of the part was answered."""
    codes = {q.code for page in questions.section(section).pages for q in page.questions}
    if intake.is_changing or codes & intake.answers.keys():
        return []
    last = offered(intake, questions)
    asked = questions.asked_questions({**last, **intake.answers}, today)
    return [(each, last[each.code]) for each in asked if each.code in codes & last.keys()]
