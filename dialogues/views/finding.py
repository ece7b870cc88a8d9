"""From a key in the address to what the member may know of, or 404."""

from django.shortcuts import get_object_or_404

from dialogues import visible
from dialogues.models import Dialogue, DialogueQuerySet, Theme
from foundation.http import AgencyRequest
from groups.models import hand_on, place


def dialogues_of(request: AgencyRequest) -> DialogueQuerySet:
    """Those that the member may know of, each with their place in it."""
    mine = place(request.member, request.agency.today(), "group")
    return visible.dialogues(request.member).annotate(**mine)


def dialogue_of(request: AgencyRequest, pk: int) -> Dialogue:
    return placed(request, get_object_or_404(dialogues_of(request), pk=pk))


def theme_of(request: AgencyRequest, pk: int) -> Theme:
    theme = get_object_or_404(visible.themes(request.member), pk=pk)
    theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme


def told_theme_of(request: AgencyRequest, pk: int) -> Theme:
    """With its story and the member's place in its dialogue: one query."""
    mine = place(request.member, request.agency.today(), "dialogue__group")
    themes = visible.themes(request.member).with_story().annotate(**mine)
    theme = get_object_or_404(themes, pk=pk)
    hand_on(theme, theme.dialogue.group)
    theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme


def placed(request: AgencyRequest, dialogue: Dialogue) -> Dialogue:
    """The dialogue whose group knows the member's place, so that rules ask no further query."""
    hand_on(dialogue, dialogue.group)
    dialogue.agency = dialogue.group.agency = request.agency
    return dialogue
