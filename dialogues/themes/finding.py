"""Look up a theme by key; 404 unless the reader may know of it."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.models import Member
from dialogues.themes.models import Theme, ThemeQuerySet
from dialogues.voices.models import Contribution
from foundation.http import AgencyRequest
from groups.models import Group


def themes(reader: Member) -> ThemeQuerySet:
    """Themes of dialogues the reader may know of, and those based on the reader's own words."""
    today = reader.agency.today()
    groups = Group.objects.within(reader.agency).visible_to(reader, today)
    mine = Contribution.objects.within(reader.agency).filter(author=reader)
    own = mine.exclude(words=None).values("words__theme")
    found = Theme.objects.within(reader.agency).select_related("dialogue__group")
    return found.filter(Q(dialogue__group__in=groups) | Q(pk__in=own))


def theme_of(request: AgencyRequest, pk: int) -> Theme:
    theme = get_object_or_404(themes(request.member), pk=pk)
    theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme
