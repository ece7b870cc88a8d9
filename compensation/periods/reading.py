"""The file of a period: each line of its postings, the same bytes each time.

Nothing in it can change later: neither names nor codes that depend on an installation. People are
numbered by their first line in the period, postings by their order in it. A reversal names its
original by the last day and the number of the original's period.
"""

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Min, OuterRef, Q, Subquery, Sum

from compensation.ledger.models import Entry, Posting
from compensation.periods.models import AccountingPeriod
from foundation.models import Agency, TenantQuerySet
from foundation.spreadsheets import TOGETHER, CsvRow, written

HEAD = (
    *("number", "date", "kind", "reverses", "account", "person", "debit", "credit"),
    *("method", "reference"),
)
# A posting and an entry, by key.
type Place = tuple[int, int]


def first_open(agency: Agency) -> date | None:
    """The first day on which something can be posted; None while no books are closed."""
    last = (
        AccountingPeriod.objects.within(agency)
        .closed()
        .order_by("-last")
        .values_list("last", flat=True)
    )
    return next((day + timedelta(days=1) for day in last[:1]), None)


def begins(agency: Agency) -> date | None:
    """The first day of the period to close next; None while nothing was ever posted."""
    if (day := first_open(agency)) is not None:
        return day
    found: date | None = Posting.objects.within(agency).aggregate(first=Min("on"))["first"]
    return found


def last_of_month(first: date, today: date) -> date | None:
    """The last day of the latest month that is over, if the open books reach into it."""
    last = today.replace(day=1) - timedelta(days=1)
    return last if last >= first else None


def posted(period: AccountingPeriod) -> tuple[int, Decimal]:
    """How many postings have their day in it, and the sum of their debits; one query."""
    entries = Entry.objects.within(period.agency)
    entries = entries.filter(posting__on__range=(period.first, period.last))
    found = entries.aggregate(n=Count("posting", distinct=True), sum=Sum("debit"))
    return found["n"], found["sum"] or Decimal(0)


class Books:
    """Reads a period's lines in parts, in the memory of one part and of its people."""

    def __init__(self, agency: Agency, first: date, last: date) -> None:
        self.agency, self.first, self.last = agency, first, last
        self.postings, self.total = 0, Decimal(0)
        self._people: dict[int, int] = {}
        self._posting: int | None = None

    def after(self, place: Place | None) -> tuple[list[CsvRow], Place | None]:
        """The lines after this place, and the place of the last one; None ends the file."""
        rows = Entry.objects.within(self.agency).select_related("posting__payment")
        rows = rows.filter(posting__on__range=(self.first, self.last))
        if place is not None:
            later = Q(posting_id__gt=place[0]) | Q(posting_id=place[0], pk__gt=place[1])
            # The last condition says nothing new, but an index finds the place by it.
            rows = rows.filter(later, posting_id__gte=place[0])
        found = list(rows.order_by("posting_id", "pk")[:TOGETHER])
        undone = [each.posting.reverses_id for each in found if each.posting.reverses_id]
        numbers = self._numbers(undone)
        lines = [self._line(entry, numbers) for entry in found]
        more = len(found) == TOGETHER
        return lines, (found[-1].posting_id, found[-1].pk) if more else None

    def _line(self, entry: Entry, numbers: dict[int, str]) -> CsvRow:
        posting = entry.posting
        if posting.pk != self._posting:
            self._posting = posting.pk
            self.postings += 1
        self.total += entry.debit
        person = ""
        if entry.member_id is not None:
            person = str(self._people.setdefault(entry.member_id, len(self._people) + 1))
        paid = posting.payment
        return (
            str(self.postings),
            posting.on.isoformat(),
            posting.kind,
            "" if posting.reverses_id is None else numbers[posting.reverses_id],
            entry.account,
            person,
            f"{entry.debit:.2f}",
            f"{entry.credit:.2f}",
            "" if paid is None else paid.method,
            "" if paid is None else paid.reference,
        )

    def _numbers(self, originals: Collection[int]) -> dict[int, str]:
        """By key of a posting that was undone, the last day of its period and its number in it."""
        if not originals:
            return {}
        rows = Posting.objects.within(self.agency)
        days = dict(rows.filter(pk__in=originals).values_list("pk", "on"))
        closed = AccountingPeriod.objects.within(self.agency).closed().values_list("first", "last")
        named: dict[int, str] = {}
        for first, last in {*closed, (self.first, self.last)}:
            keys = [pk for pk, on in days.items() if first <= on <= last]
            if keys:
                found = rows.filter(pk__in=keys).annotate(number=_number(rows, first, last))
                named |= {
                    pk: f"{last.isoformat()}/{number}"
                    for pk, number in found.values_list("pk", "number")
                }
        return named


def _number(rows: TenantQuerySet[Posting], first: date, last: date) -> Subquery:
    """The number of a posting in the file of these days."""
    before = rows.filter(on__range=(first, last), pk__lte=OuterRef("pk")).order_by()
    return Subquery(before.values("agency").annotate(n=Count("pk")).values("n"))


def checksum(books: Books) -> str:
    """The SHA-256 of the file; afterwards `books` says how much was posted."""
    found = hashlib.sha256(written([HEAD]).encode())
    place: Place | None = None
    while True:
        lines, place = books.after(place)
        found.update(written(lines).encode())
        if place is None:
            return found.hexdigest()
