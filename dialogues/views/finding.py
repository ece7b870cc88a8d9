"""From a key in the address to what the member may know of, or 404."""

from django.db.models import IntegerField, OuterRef, Subquery, Value
from django.shortcuts import get_object_or_404

from dialogues import visible
from dialogues.models import Dialogue, DialogueQuerySet, Theme
from foundation.http import AgencyRequest
from groups.models import Seat


def dialogues_of(request: AgencyRequest) -> DialogueQuerySet:
    """Those that the member may know of, each with their place in it."""
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    mine = seats.filter(member=request.member, group=OuterRef("group"))
    return visible.dialogues(request.member).annotate(
        place_of=Value(request.member.pk, output_field=IntegerField()),
        place_office=Subquery(mine.values("office")[:1]),
        place_voting=Subquery(mine.values("voting")[:1]),
    )


def dialogue_of(request: AgencyRequest, pk: int) -> Dialogue:
    return placed(request, get_object_or_404(dialogues_of(request), pk=pk))


def theme_of(request: AgencyRequest, pk: int) -> Theme:
    theme = get_object_or_404(visible.themes(request.member), pk=pk)
    theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme


def placed(request: AgencyRequest, dialogue: Dialogue) -> Dialogue:
    """The dialogue whose group knows the member's place, so that rules ask no further query."""
    for name in ("place_of", "place_office", "place_voting"):
        setattr(dialogue.group, name, getattr(dialogue, name))
    dialogue.agency = dialogue.group.agency = request.agency
    return dialogue
