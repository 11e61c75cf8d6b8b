"""The page on which a manager reads a translation beside its original and marks what is right."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from intake.questionnaire.addresses import part_of
from intake.questionnaire.models import TranslatedText, Translation
from intake.questionnaire.offered import is_ready
from intake.questionnaire.outline import outline
from intake.questionnaire.translating import mark_checked

URGENT = "urgent"
URGENT_TITLE = "Urgent messages and the short check"


@dataclass
class Part:
    code: str
    title: str
    texts: list[TranslatedText]

    @property
    def unchecked(self) -> list[TranslatedText]:
        return [text for text in self.texts if text.state == TranslatedText.State.DRAFT]

    @property
    def in_the_way(self) -> int:
        """How many of its texts keep the language from being offered."""
        return sum(text.is_vital for text in self.unchecked)


def translation_page(request: HttpRequest, number: int) -> HttpResponse:
    translations = Translation.objects.counted().select_related("question_set", "published_by")
    translation = get_object_or_404(translations, pk=number)
    parts = _parts(translation)
    part = parts.get(request.GET.get("part", ""), parts[URGENT])
    if request.method == "POST":
        return _mark(request, translation, part)
    return _show(request, translation, parts, part)


def _parts(translation: Translation) -> dict[str, Part]:
    whole = outline(translation.question_set_id)
    parts = {URGENT: Part(URGENT, URGENT_TITLE, [])}
    parts |= {each.code: Part(each.code, each.title, []) for each in whole.sections}
    places = part_of(whole)
    for text in translation.texts.select_related("checked_by"):
        parts[places.get(text.address, URGENT)].texts.append(text)
    return parts


def _show(request, translation, parts, part, refusal="", status=200) -> HttpResponse:
    newest = Translation.objects.newest(translation.question_set_id, translation.language)
    context = {
        **admin.site.each_context(request),
        "title": str(translation),
        "translation": translation,
        "parts": list(parts.values()),
        "part": part,
        "is_ready": is_ready(translation),
        "is_newest": newest is not None and newest.pk == translation.pk,
        "refusal": refusal,
    }
    return render(request, "admin/questionnaire/translation.html", context, status=status)


def _mark(request: HttpRequest, translation: Translation, part: Part) -> HttpResponse:
    """One text by its button, or the whole part with a word that it was read."""
    address = request.POST.get("address", "")
    if not address and not request.POST.get("read"):
        sentence = "Tick the box to say that you have read every text of this part."
        return _show(request, translation, _parts(translation), part, sentence, 422)
    addresses = [each.address for each in part.texts if not address or each.address == address]
    marked = mark_checked(translation=translation, addresses=addresses, by=request.user)
    count = f"{marked} text{'' if marked == 1 else 's'}"
    messages.success(request, f"{count} marked as checked." if marked else "Already checked.")
    place = reverse("admin:questionnaire_translation_change", args=[translation.pk])
    return HttpResponseRedirect(f"{place}?part={part.code}")
