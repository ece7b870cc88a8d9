"""The log of who read whose member or payment data, open to the member concerned."""

from collections.abc import Iterable
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import AccessLog, Member


class Did(Enum):
    """What somebody did with the data."""

    LOOKED = auto()
    TOOK_FILE = auto()
    GAVE = auto()


_did: dict[str, Did] = {}
_words: dict[str, str | Promise] = {
    "people list": _("your name in the list of people"),
    "profile": _("your page"),
    "away": _("from when until when you are away"),
    "not expected": _("whether you are expected at a meeting"),
    "meeting dates": _("on which days you have meetings"),
    "needs": _("what you need at meetings"),
    "calls": _("how to reach you, to call you about a meeting"),
    "standing": _("how you take part"),
    "invitation": _("your sign-in letter, to print it"),
    "payments": _("your payments"),
    "pause": _("the pause of your access"),
}


def describe(what: str, words: str | Promise, did: Did = Did.LOOKED) -> None:
    """Register words for a kind of data ("your payments"); pages put what was done before them."""
    _words[what] = words
    _did[what] = did


def words(what: str) -> str:
    return str(_words.get(what, what))


def sentence(what: str, *, who: str, day: str, times: int) -> str:
    """Who did what with the member's data that day, and how often."""
    match _did.get(what, Did.LOOKED):
        case Did.TOOK_FILE:
            told = ngettext(
                "%(day)s: %(who)s downloaded a file with %(what)s.",
                "%(day)s: %(who)s downloaded a file with %(what)s, %(times)s times.",
                times,
            )
        case Did.GAVE:
            told = ngettext(
                "%(day)s: %(who)s gave %(what)s.",
                "%(day)s: %(who)s gave %(what)s, %(times)s times.",
                times,
            )
        case _:
            told = ngettext(
                "%(day)s: %(who)s looked at %(what)s.",
                "%(day)s: %(who)s looked at %(what)s, %(times)s times.",
                times,
            )
    return told % {"day": day, "who": who, "what": words(what), "times": times}


def log(*, by: Member, about: Member, what: str) -> None:
    """Log that `by` read this kind of data ("profile", "payments", …) about a member.

    Reading one's own data is not logged.
    """
    log_all(by=by, about=[about], what=what)


def log_all(*, by: Member, about: Iterable[Member], what: str) -> None:
    """Log the same for several members whose data was on one page; one query."""
    AccessLog.objects.within(by.agency).bulk_create(
        AccessLog(agency=by.agency, reader=by, about=member, what=what)
        for member in about
        if member.pk != by.pk
    )
