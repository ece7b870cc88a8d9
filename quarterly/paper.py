"""An Account as a PDF: tagged, in large type."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from cells.overview.packet import fonts
from cells.overview.packet.paper import listed, printed, text
from quarterly.models import QuarterlyAccount
from quarterly.presenting import AccountPage


def as_pdf(account: QuarterlyAccount, shown: AccountPage, *, compress: bool = True) -> bytes:
    """The Account with management's reply, in the active language."""
    title = _("Quarterly Account: %(period)s") % {"period": account.period}
    name = account.agency.name
    return printed(
        _story(account, shown, title),
        title=title,
        foot=f"{name}, {account.period}",
        author=name,
        compress=compress,
    )


def _story(account: QuarterlyAccount, shown: AccountPage, title: str) -> Iterator[Flowable]:
    yield text(title, fonts.TITLE)
    yield text(shown.opening)
    yield text(shown.met)
    yield text(shown.paid)
    for part in shown.parts:
        yield text(part.title, fonts.HEADING)
        if not part.lines:
            yield text(part.none)
        yield from listed(
            f"{line.title}\n{line.note}" if line.note else line.title for line in part.lines
        )
    if account.reply:
        yield text(_("Management’s reply"), fonts.HEADING)
        yield text(account.reply)
