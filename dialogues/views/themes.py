"""From what was said to a theme, from a theme to a cell and to a reply, and the whole story."""

from typing import Any

from django.db.models import Exists
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from dialogues import actions, readers, rules, story, unheard
from dialogues.actions.replies import quotes
from dialogues.forms import ConvertForm, DispositionForm, HarvestForm, ReplyForm, WordsForm
from dialogues.models import Theme, Words
from dialogues.models.silencing import words_set_aside
from dialogues.views.finding import dialogue_of, theme_of, told_theme_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce


def harvest(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write down a theme."""
    dialogue = dialogue_of(request, pk)
    enforce(rules.harvesting(dialogue, request.member))
    sources = unheard.to_harvest(dialogue, request.member)
    form = HarvestForm.turned(request, sources=sources)

    def act(form: HarvestForm) -> Destination:
        answers = {**form.answers, "words": form.chosen}
        theme = actions.harvest(dialogue, by=request.member, **answers)
        page = "theme" if rules.facilitates(dialogue, request.member) else "story"
        return at(request.agency, f"dialogues:{page}", pk=theme.pk), _("The theme is written down.")

    return submit(request, form, act) or render(
        request,
        "dialogues/harvest.html",
        {"form": form, "dialogue": dialogue, "sources": sources},
    )


def add_words(request: AgencyRequest, pk: int) -> HttpResponse:
    """Link further words to a theme."""
    theme = theme_of(request, pk)
    enforce(rules.harvesting(theme.dialogue, request.member))
    sources = unheard.to_harvest(theme.dialogue, request.member)
    form = WordsForm.turned(request, sources=sources)

    def act(form: WordsForm) -> Destination:
        quote = form.cleaned_data["quote"]
        actions.add_words(theme, by=request.member, words=form.chosen, quote=quote)
        return at(request.agency, "dialogues:theme", pk=pk), _("The words are added.")

    return submit(request, form, act) or render(
        request, "dialogues/add_words.html", {"form": form, "theme": theme, "sources": sources}
    )


def _rests_on(theme: Theme, reader: Member) -> list[Words]:
    """Each with whether it is set aside, and whether this reader reads it whole.

    Of words to the whole program, others read only what is quoted for everybody.
    """
    hidden = Exists(words_set_aside(theme.agency, theme.agency.today()))
    rows = Words.objects.within(theme.agency).filter(theme=theme).annotate(aside=hidden)
    words: list[Any] = list(rows.select_related("contribution__author", "voice").order_by("pk"))
    program = readers.reads_program(reader)
    for each in words:
        source = each.contribution or each.voice
        assert source is not None
        each.whole = program or source.dialogue_id is not None
    return words


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
            "words": _rests_on(found, request.member),
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
