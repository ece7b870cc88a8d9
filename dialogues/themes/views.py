"""Turning words into a theme, and the list of words in none yet."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dialogues.dialogue import rules as dialogue_rules
from dialogues.dialogue.finding import dialogue_of, open_dialogues_of
from dialogues.readers import rules as reader_rules
from dialogues.themes import actions, rules, unheard
from dialogues.themes.finding import theme_of
from dialogues.themes.forms import HarvestForm, SeenWordsForm, WordsForm, key_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce


def harvest(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record a theme."""
    dialogue = dialogue_of(request, pk)
    enforce(rules.harvesting(dialogue, request.member))
    sources = unheard.to_harvest(dialogue, request.member)
    form = HarvestForm.turned(request, sources=sources)

    def act(form: HarvestForm) -> Destination:
        answers = {**form.answers, "words": form.chosen}
        theme = actions.harvest(dialogue, by=request.member, **answers)
        page = "theme" if dialogue_rules.facilitates(dialogue, request.member) else "story"
        return at(request.agency, f"dialogues:{page}", pk=theme.pk), _("The theme is written down.")

    return submit(request, form, act) or render(
        request,
        "dialogues/themes/harvest.html",
        {"form": form, "dialogue": dialogue, "sources": sources},
    )


def add_words(request: AgencyRequest, pk: int) -> HttpResponse:
    """Add further words to a theme."""
    theme = theme_of(request, pk)
    enforce(rules.harvesting(theme.dialogue, request.member))
    sources = unheard.to_harvest(theme.dialogue, request.member)
    form = WordsForm.turned(request, sources=sources)

    def act(form: WordsForm) -> Destination:
        quote = form.cleaned_data["quote"]
        actions.add_words(theme, by=request.member, words=form.chosen, quote=quote)
        return at(request.agency, "dialogues:theme", pk=pk), _("The words are added.")

    return submit(request, form, act) or render(
        request,
        "dialogues/themes/add_words.html",
        {"form": form, "theme": theme, "sources": sources},
    )


PER_PAGE = 50


def unheard_words(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """Words said there that are in no theme yet; readers confirm here that they read them."""
    dialogue = dialogue_of(request, pk) if pk is not None else None
    if dialogue is None:
        enforce(reader_rules.reading_program(request.member))
    else:
        enforce(dialogue_rules.facilitating(dialogue, request.member))
    agency, today = request.agency, request.agency.today()
    page = Paginator(unheard.sources(dialogue, today, agency), PER_PAGE).get_page(
        request.GET.get("page")
    )
    new = {key_of(each): each for each in page if each.first_look_on is None}
    form = SeenWordsForm.from_request(request, initial={"words": " ".join(new)})

    def act(form: SeenWordsForm) -> Destination:
        read = [each for key, each in new.items() if key in form.keys]
        actions.look(dialogue, words=read, by=request.member)
        return request.get_full_path(), _("Thank you. It is noted that these were read.")

    return submit(request, form, act) or render(
        request,
        "dialogues/themes/unheard.html",
        {
            "dialogue": dialogue,
            "page": page,
            "new": len(new),
            "form": form,
            "today": today,
            "dialogues": open_dialogues_of(request) if dialogue is None else [],
        },
    )
