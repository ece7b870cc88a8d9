"""Rows of registers and of their files, with what each column means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim, ClaimKind
from compensation.payments.presenting import what_for
from compensation.registers.reading import (
    PaidDays,
    Register,
    RegisterGrouping,
    RegisterLine,
    RegisterRow,
    RegisterSums,
    YearEnd,
)
from compensation.taxforms.presenting import noted
from foundation.addresses import at
from foundation.keys import code_of
from foundation.spreadsheets import CsvRow
from foundation.templatetags.components import dollars
from groups.models import Group

HEAD = [
    {"text": _lazy("Lines"), "numeric": True},
    {"text": _lazy("Hours"), "numeric": True},
    {"text": _lazy("Pay for time"), "numeric": True},
    {"text": _lazy("Of it donated"), "numeric": True},
    {"text": _lazy("Money back"), "numeric": True},
    {"text": _lazy("Handed over"), "numeric": True},
]
NOTHING = {
    RegisterGrouping.BUDGET: _lazy("No budget line"),
    RegisterGrouping.GROUP: _lazy("No group (costs)"),
}
# The columns of the file, in their order: the name that never changes, and what it means.
LAYOUT = (
    ("payment", _lazy("The code of the payment. Lines with the same code were paid together.")),
    ("paid_on", _lazy("The day the money was handed over.")),
    ("name", _lazy("The person who earned it or had the cost.")),
    ("method", "check, transfer, cash, gift_card"),
    ("reference", _lazy("The number of the check or card, or what the payer wrote down.")),
    ("donated_to", _lazy("The organization that got the money instead of the person.")),
    ("paid_by", _lazy("Who recorded the payment.")),
    ("line", _lazy("The code of the line.")),
    ("kind", _lazy("pay, reimbursement, or adjustment: a correction of what was approved before.")),
    ("what_for", _lazy("What the line is for, in words.")),
    ("group", _lazy("The group that met. Empty for a cost.")),
    ("service_on", _lazy("The day of the work or the cost.")),
    ("hours", _lazy("Hours paid. Empty for a cost.")),
    ("rate", _lazy("Dollars for an hour on that day. Empty for a cost.")),
    ("amount", _lazy("Dollars. Below zero: a correction took it off this payment.")),
    ("approved_by", _lazy("Who approved the line.")),
    ("approved_on", _lazy("The day it was approved.")),
)


@dataclass(frozen=True)
class QuickDays:
    """A link to a register of other days."""

    words: str
    span: PaidDays


def quick_spans(today: date) -> list[QuickDays]:
    """The spans that people ask for most."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    last_year = today.year - 1
    return [
        QuickDays(_("This month"), PaidDays(first, today)),
        QuickDays(_("Last month"), PaidDays(before.replace(day=1), before)),
        QuickDays(_("This year"), PaidDays(date(today.year, 1, 1), today)),
        QuickDays(str(last_year), PaidDays(date(last_year, 1, 1), date(last_year, 12, 31))),
    ]


def rows_shown(rows: Iterable[RegisterRow], by: RegisterGrouping) -> list[Sequence[str]]:
    return [(label(row, by), *sums_shown(row.sums)) for row in rows]


def total_shown(register: Register) -> Sequence[str]:
    return (_("All"), *sums_shown(register.total))


def sums_shown(sums: RegisterSums) -> Sequence[str]:
    return (
        str(sums.lines),
        formats.number_format(sums.hours.normalize(), use_l10n=True) if sums.hours else "0",
        *(_sum(each) for each in (sums.pay, sums.donated, sums.costs)),
        dollars(sums.paid),
    )


def _sum(amount: Decimal) -> str:
    return dollars(amount) if amount else "\N{EN DASH}"


def label(row: RegisterRow, by: RegisterGrouping) -> str:
    """What a row is called."""
    if row.label is None:
        return str(NOTHING[by])
    if by == RegisterGrouping.KIND:
        return str(ClaimKind(row.label).label)
    if by == RegisterGrouping.MONTH:
        return formats.date_format(row.label, "F Y")
    return str(row.label)


def _group_of(claim: Claim) -> Group | None:
    """The group of the meeting, or the one that an orientation was about; None for a cost."""
    if claim.attendance is not None:
        return claim.attendance.meeting.group
    return None if claim.other_work is None else claim.other_work.group


def file_rows(lines: Iterable[RegisterLine]) -> Iterator[CsvRow]:
    """As `LAYOUT` says."""
    for line in lines:
        payment, claim = line.payment, line.claim
        group = _group_of(claim)
        yield (
            code_of(payment),
            payment.paid_on,
            payment.member.full_name,
            payment.method,
            payment.reference,
            "" if payment.donated_to is None else payment.donated_to.name,
            payment.paid_by.full_name,
            code_of(claim),
            claim.kind,
            what_for(claim),
            "" if group is None else group.name,
            claim.service_on,
            "" if claim.hours is None else claim.hours,
            "" if claim.rate is None else claim.rate,
            line.amount,
            "" if claim.approved_by is None else claim.approved_by.full_name,
            claim.approved_on or "",
        )


YEAR_END_HEAD = [
    _lazy("Person"),
    {"text": _lazy("Pay for time"), "numeric": True},
    {"text": _lazy("Of it donated"), "numeric": True},
    _lazy("Report it"),
    _lazy("Form W-9"),
]
# The columns of the year's end, as in `LAYOUT`.
YEAR_END_LAYOUT = (
    ("year", _lazy("The year of the payments.")),
    ("name", _lazy("The person who was paid.")),
    (
        "pay",
        _lazy(
            "Dollars paid for time in the year, by day of payment, with what was donated, less "
            "corrections."
        ),
    ),
    ("donated", _lazy("The part of it that went to an organization instead.")),
    ("handed_over", _lazy("The part of it that the person got.")),
    ("costs", _lazy("Dollars paid back for costs. They are not pay.")),
    ("form_from", _lazy("From this sum on, the form W-9 is asked for.")),
    ("form_due", _lazy("yes or no: whether the pay reaches that sum.")),
    ("report_from", _lazy("From this sum on, the pay is reported. Empty: not entered yet.")),
    ("report", _lazy("yes or no: whether the pay reaches that sum. Empty: not entered yet.")),
    ("form", _lazy("requested, received, or empty: what was written down last.")),
    ("form_on", _lazy("The day of it.")),
)


def year_end_shown(found: YearEnd, reader: Member) -> list[Sequence[Any]]:
    """Those who reach a sum; a form leads to where it is written down, for who may do that."""
    pays = reader.may(Permission.PAY)
    return [
        (
            line.name,
            dollars(line.sums.pay),
            _sum(line.sums.donated),
            _reports(line.reports),
            {
                "text": noted(line.note),
                "href": at(reader.agency, "compensation:tax_form", pk=line.member)
                if pays and line.member != reader.pk
                else "",
            },
        )
        for line in found.reached
    ]


def _reports(reports: bool | None) -> str:
    if reports is None:
        return _("Not known yet")
    return _("Yes") if reports else _("No")


def year_end_rows(found: YearEnd) -> Iterator[CsvRow]:
    """Everybody who was paid, as `YEAR_END_LAYOUT` says."""
    for line in found.lines:
        yield (
            found.year,
            line.name,
            line.sums.pay,
            line.sums.donated,
            line.sums.pay - line.sums.donated,
            line.sums.costs,
            found.ask_from,
            _yes(line.asks),
            "" if found.report_from is None else found.report_from,
            "" if line.reports is None else _yes(line.reports),
            "" if line.note is None else line.note.state,
            "" if line.note is None else line.note.on,
        )


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
