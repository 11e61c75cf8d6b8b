"""The short form of a patient who was asked: a block for each question, in their language."""

from datetime import date

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from intake.questionnaire.outline import Alarm, PageOutline, QuestionOutline, SetOutline, Way
from intake.review.asking_block import AnewForm, BesideForm, Block
from intake.review.asking_models import AskRound
from intake.review.asking_reading import IN_WORDS
from intake.review.asking_replies import Kept, key_of
from intake.screening.services import published
from intake.screening.text.reading import speaks_of_self_harm
from intake.submission import own_words
from intake.submission.models import Revision
from intake.submission.replying import as_sent, with_replies

OWN_WORDS = "own_words"
"""What an urgent event calls words that answer no question of the form."""


class Sheet:
    """What was asked, and what follows from the answers given here. Bound when `data` is given."""

    def __init__(
        self,
        asked: AskRound,
        last: Revision,
        questions: SetOutline,
        kept: Kept,
        today: date,
        data: QueryDict | None = None,
    ) -> None:
        self.questions, self.today, self.data = questions, today, data
        self.sent, self.before = as_sent(last, questions), kept
        self._asked_before = {each.code for each in questions.asked_questions(self.sent, today)}
        self.blocks = [self._asked(each) for each in asked.questions.all()]
        while follow := self._next():
            self.blocks += [self._block(each.code, each, "") for each in follow]

    @cached_property
    def _way(self) -> Way:
        """With the answers as they were kept before this page was sent."""
        return self.questions.way(self._with(self.before.counts), self.today)

    def _with(self, replies: dict[str, object]) -> dict[str, object]:
        return with_replies(self.sent, replies, self.questions, self.today)

    def _asked(self, question) -> Block:
        if not question.code:
            return self._block(key_of(question), None, question.line)
        known = {each.code: each for each in self._way.asked}
        shown = known.get(question.code) or self.questions.question(question.code)
        return self._block(key_of(question), shown, question.line)

    def _block(self, key: str, question: QuestionOutline | None, line: str) -> Block:
        shown = self.data is not None and f"{key}-shown" in self.data
        in_words = question is None or question.kind in IN_WORDS
        said = self._said(question)
        initial = {"words": self.before.words.get(key, ""), "cannot": key in self.before.cannot}
        return Block(
            key=key,
            code=question.code if question else "",
            title=question.short if question else _("Something else"),
            line=line,
            said=said,
            anew=None if in_words else self._anew(question, said, shown),
            beside=BesideForm(self.data if shown else None, prefix=key, initial=initial),
            is_required=bool(line) or question is None or question.required,
        )

    def _said(self, question: QuestionOutline | None) -> str:
        """What is private or sensitive is not shown again: others may see this screen."""
        if question is None or question.private or question.extras.get("sensitive"):
            return ""
        return question.words(self.sent.get(question.code))

    def _anew(self, question: QuestionOutline, said: str, shown: bool) -> AnewForm:
        own = self.questions.page(question.page)
        page = PageOutline(own.code, own.section, own.heading_for(self._way.relevant) or " ")
        answers = self.before.answers
        drafted = {question.code: answers[question.code]} if question.code in answers else {}
        return AnewForm(
            page,
            drafted,
            self.today,
            data=self.data if shown else None,
            way=Way(self.questions, (question,), drafted, {}),
            last_said={question.code: said},
        )

    def _next(self) -> list[QuestionOutline]:
        """What these answers lead to, is not on the page yet and was not asked before."""
        here = {block.code for block in self.blocks}
        asked = self.questions.asked_questions(self._with(self.kept.counts), self.today)
        return [
            each
            for each in asked
            if each.code not in self._asked_before | here
            and not each.is_signed
            and each.kind not in IN_WORDS
        ]

    @property
    def kept(self) -> Kept:
        """The draft after this page was sent; what was mistyped leaves what was kept before."""
        answers, words = dict(self.before.answers), dict(self.before.words)
        cannot = set(self.before.cannot)
        for block in self.blocks:
            if not block.beside.is_bound:
                continue
            if block.anew:
                answers |= block.anew.answers()
            block.beside.is_valid()
            beside = block.beside.cleaned_data
            if "words" in beside:
                words[block.key] = beside["words"]
            cannot = cannot | {block.key} if beside.get("cannot") else cannot - {block.key}
        return Kept(
            answers={code: value for code, value in answers.items() if value is not None},
            words={key: text for key, text in words.items() if text},
            cannot=sorted(cannot),
            met=self.before.met,
        )

    @property
    def is_whole(self) -> bool:
        """Whether every block was on the page that was sent."""
        return all(block.beside.is_bound for block in self.blocks)

    def check(self) -> bool:
        """Whether it can be sent; marks what has neither an answer nor “I cannot say”."""
        for block in self.blocks:
            asks = block.is_required and block.beside.is_bound
            block.is_missing = asks and block.is_valid and not block.is_answered
        shown = [block for block in self.blocks if block.beside.is_bound]
        return all(block.is_valid and not block.is_missing for block in shown)

    @property
    def summary_errors(self) -> list[tuple[str, str]]:
        return [error for block in self.blocks for error in block.summary_errors]

    def alarms(self, kept: Kept) -> list[tuple[Alarm, object]]:
        """Urgent answers with what was said, but for those that were met and gone on from."""
        shown = [self.questions.question(each.code) for each in self.blocks if each.code]
        found = [alarm for each in shown if (alarm := each.alarm(kept.answers.get(each.code)))]
        found += own_words.alarms(shown, kept.answers, self.today)
        said = [(alarm, kept.answers[alarm.question]) for alarm in found]
        said += self._cries_for_help(kept)
        return [(alarm, what) for alarm, what in said if kept.met.get(alarm.question) != what]

    def _cries_for_help(self, kept: Kept) -> list[tuple[Alarm, object]]:
        rules = published()[1] if kept.words else None
        codes = {block.key: block.code or OWN_WORDS for block in self.blocks}
        return [
            (Alarm(codes.get(key, OWN_WORDS), own_words.MESSAGE, own_words.URGENCY), text)
            for key, text in kept.words.items()
            if speaks_of_self_harm(text, rules, self.today)
        ]
