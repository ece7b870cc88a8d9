"""From what was said to a theme, from a theme to a cell and to a reply, and the whole story."""

from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dialogues import actions, rules, story
from dialogues.actions.replies import quotes
from dialogues.actions.themes import Source
from dialogues.forms import ConvertForm, DispositionForm, HarvestForm, ReplyForm, WordsForm
from dialogues.models import Contribution, Dialogue, Theme, Voice, Words
from dialogues.models.silencing import words_set_aside
from dialogues.views.finding import dialogue_of, theme_of, told_theme_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce

SOURCES_SHOWN = 100


def _sources(dialogue: Dialogue) -> list[Source]:
    """What was said in the dialogue, or to the whole program, and is in no theme yet."""
    agency = dialogue.agency
    today = agency.today()
    said = Contribution.objects.within(agency).unheard().readable(today)
    voices = Voice.objects.within(agency).unheard().readable(today)
    found: list[Source] = []
    for where in (dialogue, None):
        found += said.filter(dialogue=where).order_by("on", "pk")[:SOURCES_SHOWN]
        found += voices.filter(dialogue=where).order_by("on", "pk")[:SOURCES_SHOWN]
    return found


def harvest(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write down a theme."""
    dialogue = dialogue_of(request, pk)
    enforce(rules.harvesting(dialogue, request.member))
    sources = _sources(dialogue)
    form = HarvestForm.from_request(request, sources=sources)

    def act(form: HarvestForm) -> Destination:
        answers = {**form.answers, "words": form.chosen}
        theme = actions.harvest(dialogue, by=request.member, **answers)
        return at(request.agency, "dialogues:theme", pk=theme.pk), _("The theme is written down.")

    return submit(request, form, act) or render(
        request,
        "dialogues/harvest.html",
        {"form": form, "dialogue": dialogue, "sources": sources},
    )


def add_words(request: AgencyRequest, pk: int) -> HttpResponse:
    """Link further words to a theme."""
    theme = theme_of(request, pk)
    enforce(rules.harvesting(theme.dialogue, request.member))
    sources = _sources(theme.dialogue)
    form = WordsForm.from_request(request, sources=sources)

    def act(form: WordsForm) -> Destination:
        quote = form.cleaned_data["quote"]
        actions.add_words(theme, by=request.member, words=form.chosen, quote=quote)
        return at(request.agency, "dialogues:theme", pk=pk), _("The words are added.")

    return submit(request, form, act) or render(
        request, "dialogues/add_words.html", {"form": form, "theme": theme, "sources": sources}
    )


def _rests_on(theme: Theme) -> QuerySet[Any]:
    """Each with whether it is set aside."""
    hidden = Exists(words_set_aside(theme.agency, theme.agency.today()))
    rows = Words.objects.within(theme.agency).filter(theme=theme).annotate(aside=hidden)
    return rows.select_related("contribution__author", "voice").order_by("pk")


@require_safe
def theme(request: AgencyRequest, pk: int) -> HttpResponse:
    """A theme for those who facilitate: the words, what becomes of it, what is still to do."""
    found = theme_of(request, pk)
    enforce(rules.facilitating(found.dialogue, request.member))
    dispositions = list(found.dispositions.order_by("on", "pk"))
    return render(
        request,
        "dialogues/theme.html",
        {
            "theme": found,
            "words": _rests_on(found),
            "dispositions": dispositions,
            "replies": found.replies.order_by("on", "pk"),
            "may_reply": rules.replying(found, request.member, disposed=bool(dispositions)) is None,
        },
    )


def dispose(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say what becomes of a theme."""
    found = theme_of(request, pk)
    enforce(rules.disposing(found, request.member))
    form = DispositionForm.from_request(request)

    def act(form: DispositionForm) -> Destination:
        actions.dispose(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:theme", pk=pk), _("People can see it now.")

    return submit(request, form, act) or render(
        request, "dialogues/dispose.html", {"form": form, "theme": found}
    )


def convert(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a theme to a cell as an improvement opportunity."""
    found = theme_of(request, pk)
    enforce(rules.disposing(found, request.member))
    said = quotes(found)
    form = ConvertForm.from_request(
        request,
        member=request.member,
        initial={"title": found.title, "description": found.summary},
    )

    def act(form: ConvertForm) -> Destination:
        answers = form.answers
        actions.take_to_cell(found, answers.pop("cell"), by=request.member, **answers)
        return at(request.agency, "dialogues:story", pk=pk), _("The cell has it now.")

    return submit(request, form, act) or render(
        request, "dialogues/convert.html", {"form": form, "theme": found, "quotes": said}
    )


def reply(request: AgencyRequest, pk: int) -> HttpResponse:
    """Tell people back."""
    found = theme_of(request, pk)
    disposed = found.dispositions.exists()
    enforce(rules.replying(found, request.member, disposed=disposed))
    form = ReplyForm.from_request(request)

    def act(form: ReplyForm) -> Destination:
        actions.reply(found, by=request.member, text=form.cleaned_data["text"])
        return at(request.agency, "dialogues:story", pk=pk), _("People have been told.")

    return submit(request, form, act) or render(
        request, "dialogues/reply.html", {"form": form, "theme": found}
    )


@require_safe
def story_of(request: AgencyRequest, pk: int) -> HttpResponse:
    """In one screen, from the voice to the result."""
    found = told_theme_of(request, pk)
    return render(
        request,
        "dialogues/story.html",
        {
            "theme": found,
            "steps": story.steps(found, request.member),
            "facilitates": rules.facilitating(found.dialogue, request.member) is None,
        },
    )
