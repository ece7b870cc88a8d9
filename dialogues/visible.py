"""Which dialogues and themes a member may know of; for others they do not exist."""

from django.db.models import Q

from accounts.models import Member
from dialogues.models import Contribution, Dialogue, DialogueQuerySet, Theme, ThemeQuerySet
from groups.models import Group


def dialogues(reader: Member) -> DialogueQuerySet:
    today = reader.agency.today()
    return Dialogue.objects.within(reader.agency).visible_to(reader, today).select_related("group")


def themes(reader: Member) -> ThemeQuerySet:
    """Those of dialogues that the reader may know of, and those that rest on their own words."""
    today = reader.agency.today()
    groups = Group.objects.within(reader.agency).visible_to(reader, today)
    mine = Contribution.objects.within(reader.agency).filter(author=reader)
    own = mine.exclude(words=None).values("words__theme")
    found = Theme.objects.within(reader.agency).select_related("dialogue__group")
    return found.filter(Q(dialogue__group__in=groups) | Q(pk__in=own))
