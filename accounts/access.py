"""The log of who read whose member or payment data, open to the member concerned."""

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
    """Register words for a kind of data ("your payments"); pages put "looked at …" before them."""
    _words[what] = words


def words(what: str) -> str:
    return str(_words.get(what, what))


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
