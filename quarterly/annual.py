"""The annual report: a year's Accounts that are out, on one page; nothing is told anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from foundation.models import Agency
from foundation.quarters import Quarter, quarter_of
from quarterly.models import QuarterlyAccount
from quarterly.presenting import AccountPage, AccountPart, shown

QUARTERS = 4


@dataclass(frozen=True)
class ToldQuarter:
    """A quarter's Account, and what it tells."""

    account: QuarterlyAccount
    shown: AccountPage


@dataclass(frozen=True)
class AnnualReport:
    """`quarters` are told, oldest first; `gaps` says in sentences of which nothing is told.

    `parts` hold the lines of all of them under each heading.
    """

    year: int
    quarters: Sequence[ToldQuarter]
    parts: Sequence[AccountPart]
    gaps: Sequence[str]

    @property
    def title(self) -> str:
        return _("Our year %(year)d") % {"year": self.year}


def annual(agency: Agency, year: int, on: date) -> AnnualReport | None:
    """The report as of a day, in one query; None while no Account of the year is out."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    rows = QuarterlyAccount.objects.within(agency).out(on)
    out = list(rows.filter(since__gte=first, since__lt=after).order_by("since", "pk"))
    if not out:
        return None
    for account in out:
        account.agency = agency
    told = [ToldQuarter(account, shown(account)) for account in out]
    known = {account.since for account in out}
    quarters = [quarter_of(date(year, 3 * number + 1, 1)) for number in range(QUARTERS)]
    untold = [each for each in quarters if each.since not in known]
    return AnnualReport(year, told, _merged(told), list(_gaps(untold, on)))


def _gaps(untold: Sequence[Quarter], on: date) -> Iterator[str]:
    missing = [str(each) for each in untold if each.is_over(on)]
    if missing:
        periods = get_text_list(missing, _("and"))
        yield _("There is no Account yet for: %(periods)s.") % {"periods": periods}
    if len(missing) < len(untold):
        yield _("The year is not over yet.")


def _merged(told: Sequence[ToldQuarter]) -> list[AccountPart]:
    """Each heading once, with the lines of all quarters, oldest first."""
    merged = []
    for same in zip(*(each.shown.parts for each in told), strict=True):
        lines = tuple(line for part in same for line in part.lines)
        merged.append(AccountPart(same[0].title, lines, _("Nothing in these quarters.")))
    return merged


def years(agency: Agency, on: date) -> list[int]:
    """The years of which an Account is out, the latest first; one query."""
    rows = QuarterlyAccount.objects.within(agency).out(on).order_by()
    return sorted({since.year for since in rows.values_list("since", flat=True)}, reverse=True)
