"""From a key in the address to what the member may know of, or 404."""

from typing import Any

from django.db.models import IntegerField, OuterRef, Subquery, Value
from django.shortcuts import get_object_or_404

from dialogues import visible
from dialogues.models import Dialogue, DialogueQuerySet, Theme
from foundation.http import AgencyRequest
from groups.models import Seat, SeatQuerySet

PLACE = ("place_of", "place_office", "place_voting")


def dialogues_of(request: AgencyRequest) -> DialogueQuerySet:
    """Those that the member may know of, each with their place in it."""
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    mine = seats.filter(member=request.member, group=OuterRef("group"))
    return visible.dialogues(request.member).annotate(**_place(request, mine))


def _place(request: AgencyRequest, mine: SeatQuerySet) -> dict[str, Any]:
    return {
        "place_of": Value(request.member.pk, output_field=IntegerField()),
        "place_office": Subquery(mine.values("office")[:1]),
        "place_voting": Subquery(mine.values("voting")[:1]),
    }


def dialogue_of(request: AgencyRequest, pk: int) -> Dialogue:
    return placed(request, get_object_or_404(dialogues_of(request), pk=pk))


def theme_of(request: AgencyRequest, pk: int) -> Theme:
    theme = get_object_or_404(visible.themes(request.member), pk=pk)
    theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme


def told_theme_of(request: AgencyRequest, pk: int) -> Theme:
    """With its story and the member's place in its dialogue: one query."""
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    mine = seats.filter(member=request.member, group=OuterRef("dialogue__group"))
    themes = visible.themes(request.member).with_story()
    theme: Any = get_object_or_404(themes.annotate(**_place(request, mine)), pk=pk)
    theme.agency = request.agency
    for name in PLACE:
        setattr(theme.dialogue, name, getattr(theme, name))
    placed(request, theme.dialogue)
    return theme  # type: ignore[no-any-return]


def placed(request: AgencyRequest, dialogue: Dialogue) -> Dialogue:
    """The dialogue whose group knows the member's place, so that rules ask no further query."""
    for name in PLACE:
        setattr(dialogue.group, name, getattr(dialogue, name))
    dialogue.agency = dialogue.group.agency = request.agency
    return dialogue
