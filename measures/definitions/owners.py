"""Owners of measures: what a kind of group decides about the measures it owns."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Group

Rule = Callable[[Group, Member], Refusal | None]


def _defining(group: Group, by: Member) -> Refusal | None:
    if not group.is_open(by.agency.today()):
        return Refusal(_("This group is closed."), _("You can still read what it did."))
    if group_rules.place(group, by).seated or group_rules.running(group, by) is None:
        return None
    return Refusal(_("Only the people in this group can do this."), _("Ask one of them."))


@dataclass(frozen=True)
class Owner:
    """Who may define the measures of such a group, and who may record their numbers."""

    defining: Rule = _defining
    recording: Rule = _defining


_owners: dict[str, Owner] = {}
_ANY = Owner()


def register(kind: str, owner: Owner) -> None:
    """Register a kind of group's answers; other kinds leave it to members with a seat."""
    _owners[kind] = owner


def of(group: Group) -> Owner:
    return _owners.get(group.kind, _ANY)
