"""Look up a theme by key; 404 unless the reader may know of it."""

from datetime import date

from django.db.models import Q
from django.http import Http404

from accounts.anybody import kept_row
from accounts.models import Member
from dialogues.themes.models import Theme, ThemeQuerySet
from dialogues.voices.models import Contribution
from foundation import prepared
from foundation.http import AgencyRequest
from groups.models import Group, hand_on, place


def themes(reader: Member) -> ThemeQuerySet:
    """Themes of dialogues the reader may know of, and those based on the reader's own words."""
    today = reader.agency.today()
    groups = Group.objects.within(reader.agency).visible_to(reader, today)
    mine = Contribution.objects.within(reader.agency).filter(author=reader)
    own = mine.exclude(words=None).values("words__theme")
    found = Theme.objects.within(reader.agency).select_related("dialogue__group")
    return found.filter(Q(dialogue__group__in=groups) | Q(pk__in=own))


def theme_of(request: AgencyRequest, pk: int) -> Theme:
    """With the member's place in its dialogue; one query, which is built once."""
    theme = kept_row(_theme, request.member, request.agency.today(), pk)
    if theme is None:
        raise Http404
    hand_on(theme, theme.dialogue.group)
    theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme


def _theme(reader: Member, on: date) -> ThemeQuerySet:
    found = themes(reader).filter(pk=prepared.ROW)
    return found.annotate(**place(reader, on, "dialogue__group"))
