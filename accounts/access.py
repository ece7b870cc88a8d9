"""The record of who read whose member or payment data, which that member can read."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessLog, Member

_words: dict[str, str | Promise] = {
    "people list": _("your name in the list of people"),
    "profile": _("your page"),
    "standing": _("how you take part"),
    "invitation": _("your sign-in letter, to print it"),
    "payments": _("your payments"),
    "pause": _("the pause of your access"),
}


def describe(what: str, words: str | Promise) -> None:
    """Say in plain words what is read: "looked at …" goes before it ("your payments")."""
    _words[what] = words


def words(what: str) -> str:
    return str(_words.get(what, what))


def log(*, by: Member, about: Member, what: str) -> None:
    """Write that `by` read this kind of data ("profile", "payments", …) about a member.

    Reading one's own data is not logged.
    """
    log_all(by=by, about=[about], what=what)


def log_all(*, by: Member, about: Iterable[Member], what: str) -> None:
    """The same for each of several members whose data stood on one page; one query."""
    AccessLog.objects.within(by.agency).bulk_create(
        AccessLog(agency=by.agency, reader=by, about=member, what=what)
        for member in about
        if member.pk != by.pk
    )
