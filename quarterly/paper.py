"""An Account, and a year of them, as a PDF: tagged, in large type."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from cells.overview.packet import fonts
from cells.overview.packet.paper import listed, printed, text
from quarterly.annual import AnnualReport
from quarterly.models import QuarterlyAccount
from quarterly.presenting import AccountPage, AccountPart


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


def report_as_pdf(report: AnnualReport, agency: str, *, compress: bool = True) -> bytes:
    """The annual report, in the active language."""
    return printed(
        _year(report),
        title=report.title,
        foot=f"{agency}, {report.year}",
        author=agency,
        compress=compress,
    )


def _year(report: AnnualReport) -> Iterator[Flowable]:
    yield text(report.title, fonts.TITLE)
    for line in report.gaps:
        yield text(line)
    for each in report.quarters:
        yield text(each.account.period, fonts.HEADING)
        yield text(each.shown.opening)
        yield text(each.shown.met)
        yield text(each.shown.paid)
    for part in report.parts:
        yield from _part(part)
    for each in report.quarters:
        if each.account.reply:
            said = _("Management’s reply, %(period)s") % {"period": each.account.period}
            yield text(said, fonts.HEADING)
            yield text(each.account.reply)


def _story(account: QuarterlyAccount, shown: AccountPage, title: str) -> Iterator[Flowable]:
    yield text(title, fonts.TITLE)
    yield text(shown.opening)
    yield text(shown.met)
    yield text(shown.paid)
    for part in shown.parts:
        yield from _part(part)
    if account.reply:
        yield text(_("Management’s reply"), fonts.HEADING)
        yield text(account.reply)


def _part(part: AccountPart) -> Iterator[Flowable]:
    yield text(part.title, fonts.HEADING)
    if not part.lines:
        yield text(part.none)
    yield from listed(
        f"{line.title}\n{line.note}" if line.note else line.title for line in part.lines
    )
