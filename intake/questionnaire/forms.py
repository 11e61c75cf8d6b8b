"""One page of questions as a form.

Text that the database holds reaches the page through template context only, where it is escaped;
never through layout objects that take markup.
"""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from intake.questionnaire.kinds import Unclear, kind
from intake.questionnaire.question import QuestionOutline
from intake.questionnaire.shape import Answers, PageOutline, Way


class QuestionRow(LayoutObject):
    """One question, drawn by the template of its kind."""

    def __init__(self, question: QuestionOutline, *, is_heading: bool) -> None:
        self.question = question
        self.is_heading = is_heading

    def render(self, form: "PageForm", context, template_pack=None, **kwargs) -> SafeString:
        parts = form.parts(self.question)
        its = kind(self.question.kind)
        return render_to_string(
            its.template,
            {
                "question": self.question,
                "is_heading": self.is_heading,
                "last_said": form.last_said.get(self.question.code, ""),
                "parts": parts,
                "field": parts.get(""),
                "errors": [error for part in parts.values() for error in part.errors],
                **its.shown(self.question, parts),
            },
        )


class PageForm(forms.Form):
    """The questions of `page` that are asked of someone with these answers.

    `is_valid()` says whether the person may go on; `answers()` what can be kept either way.
    """

    use_required_attribute = False

    def __init__(
        self,
        page: PageOutline,
        answers: Answers,
        today: date,
        data=None,
        *,
        way: Way | None = None,
        offered: Answers | None = None,
        last_said: dict[str, str] | None = None,
        **kwargs,
    ) -> None:
        """way: what these answers lead to, where that was worked out already.
        offered: earlier answers to begin with; last_said: words to show beside a question.

        Neither counts as an answer before the person goes on from this page.
        """
        super().__init__(data=data, **kwargs)
        self.last_said = last_said or {}
        self.page = page
        self.today = today
        way = way or page.whole.way(answers, today)
        self.questions = way.questions_on(page.code)
        self.heading = page.heading_for(way.relevant)
        shown = {**(offered or {}), **way.relevant}
        self._answers: Answers = {}
        self._names: dict[str, dict[str, str]] = {}
        for question in self.questions:
            self._add(question, shown.get(question.code))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = False
        self.helper.layout = Layout(
            *(
                QuestionRow(question, is_heading=self.carries_heading)
                for question in self.questions
                if self._names[question.code]
            )
        )

    @property
    def carries_heading(self) -> bool:
        """Whether the page's only question is its heading (h1), so that no other is needed."""
        return not self.page.heading

    def answers(self) -> Answers:
        """Question code -> answer for this page; None where the person left it blank.

        Answers that need correcting or may not be blank are left out: what was saved before stays.
        """
        self.is_valid()
        return dict(self._answers)

    @property
    def summary_errors(self) -> list[tuple[str, str]]:
        """(id of the input, sentence) in the order of the page."""
        return [
            (kind(question.kind).first_id(part), error)
            for question in self.questions
            for part in self.parts(question).values()
            for error in part.errors
        ]

    def parts(self, question: QuestionOutline) -> dict:
        """The bound fields of one question by the name of the part."""
        return {part: self[name] for part, name in self._names[question.code].items()}

    def clean(self) -> dict:
        for question in self.questions:
            names = self._names[question.code]
            if names and not any(name in self.errors for name in names.values()):
                self._read(question, names)
        return self.cleaned_data

    def _add(self, question: QuestionOutline, value: object) -> None:
        its = kind(question.kind)
        names = self._names.setdefault(question.code, {})
        for part, form_field in its.fields(question).items():
            names[part] = f"{question.code}__{part}" if part else question.code
            self.fields[names[part]] = form_field
        if question.is_answered(value):
            for part, shown in its.initial(question, value).items():
                if part in names:
                    self.initial[names[part]] = shown

    def _read(self, question: QuestionOutline, names: dict[str, str]) -> None:
        its = kind(question.kind)
        parts = {part: self.cleaned_data[name] for part, name in names.items()}
        try:
            answer = its.answer(question, parts, self.today)
        except Unclear as unclear:
            self.add_error(names[unclear.part], unclear.sentence)
            return
        if answer is None and question.required:
            self.add_error(next(iter(names.values())), its.missing(question))
            return
        self._answers[question.code] = answer
