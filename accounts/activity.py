"""The wording of events; each app describes its own."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_words: dict[str, str | Promise] = {
    "agency.founded": _("began to use the portal"),
    "member.entered": _("added a person"),
    "member.changed": _("changed what is written about a person"),
    "member.left": _("wrote down that a person has left"),
    "member.leave_taken_back": _("undid the departure of a person"),
    "member.returned": _("wrote down that a person came back"),
    "member.erased": _("erased what was known about a person"),
    "role.granted": _("gave a person a role"),
    "role.ended": _("ended a person’s role"),
    "standing.written": _("wrote down how a person takes part"),
    "standing.ended": _("ended what was written of a person"),
    "consent.given": _("let others see how they take part"),
    "consent.taken_back": _("took back who may see how they take part"),
    "away.said": _("said from when they are away"),
    "away.changed": _("changed from when or until when they are away"),
    "away.ended": _("said that they are back"),
    "invitation.made": _("invited a person"),
    "invitation.revoked": _("took an invitation back"),
    "invitation.reminded": _("reminded a person of an invitation"),
    "invitation.refused": _("heard that a person does not want to take part"),
    "list.attested": _("stated that each person on a list was asked and said yes"),
    "invitation.accepted": _("accepted an invitation"),
    "way.changed": _("changed how a person signs in"),
    "access.paused": _("paused a person’s access"),
    "access.prolonged": _("made the pause of a person’s access longer"),
    "access.resumed": _("ended the pause of a person’s access"),
    "way.denied": _("said that a change was not theirs"),
}


_plain: dict[str, str | Promise] = {}


def describe(words: Mapping[str, str | Promise]) -> None:
    """Register words by event name; they follow the actor: {"cell.opened": "opened a cell"}."""
    _words.update(words)


def describe_plainly(words: Mapping[str, str | Promise]) -> None:
    """Register words for the person an entry was made for, where the usual ones are a term."""
    _plain.update(words)


def names() -> set[str]:
    """The names of all described events."""
    return set(_words)


def words(name: str) -> str:
    """The event in words; its readable name if nobody has described it."""
    known = _words.get(name)
    return str(known) if known is not None else name.replace(".", ": ").replace("_", " ")


def plain_words(name: str) -> str:
    """The event in everyday words, for the person it was done for."""
    known = _plain.get(name)
    return str(known) if known is not None else words(name)
