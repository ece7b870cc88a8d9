"""The only write path for periods of the books."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.periods import rules
from compensation.periods.models import AccountingPeriod
from compensation.periods.reading import Books, begins, checksum
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce


@transaction.atomic
def ask_to_close(*, last: date, by: Member) -> AccountingPeriod:
    """Ask a second person to close the books through that day.

    Raises ValidationError: a day that is not over, one that is closed already, nothing posted.
    """
    enforce(rules.asking(by))
    Agency.objects.select_for_update().get(pk=by.agency_id)
    periods = AccountingPeriod.objects.within(by.agency)
    if periods.asked().exists():
        raise ValidationError(
            _("Somebody asked before. Close those books, or stop that, and ask again.")
        )
    first = begins(by.agency)
    if rules.not_over(last, by.agency.today()):
        raise ValidationError({"last": _("Choose a day that is over.")})
    if first is None or last < first:
        raise ValidationError(
            {"last": _("Nothing was written in the ledger on an open day up to then.")}
        )
    asked = periods.create(
        first=first,
        last=last,
        asked_by=by,
        asked_as=rules.hands(by)[0],
        asked_on=by.agency.today(),
    )
    events.record("books.asked", asked, by=by)
    return asked


@transaction.atomic
def close(period: AccountingPeriod, *, by: Member) -> AccountingPeriod:
    """Close the books of these days, for good; whoever asked was somebody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.books_wait(%s)", [by.agency_id])
    rows = AccountingPeriod.objects.within(by.agency).select_for_update(of=("self",))
    period = rows.get(pk=period.pk)
    enforce(rules.closing(period, by))
    books = Books(by.agency, period.first, period.last)
    period.checksum = checksum(books)
    period.postings, period.total = books.postings, books.total
    period.closed_by, period.closed_on = by, by.agency.today()
    period.save()
    events.record("books.closed", period, by=by)
    return period


@transaction.atomic
def take_back(period: AccountingPeriod, *, by: Member) -> AccountingPeriod:
    """Stop what somebody asked for; nothing is closed."""
    rows = AccountingPeriod.objects.within(by.agency).select_for_update(of=("self",))
    period = rows.get(pk=period.pk)
    enforce(rules.taking_back(period, by))
    period.taken_back_on = by.agency.today()
    period.save(update_fields=["taken_back_on"])
    events.record("books.taken_back", period, by=by)
    return period
