"""Presenters of money for a meeting: its steps, its sheet, and what did not come out even."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from compensation.payments.models import PaymentMethod
from compensation.plan.models import PlanVersion
from compensation.same_day import rules
from compensation.same_day.models import DayFund
from compensation.same_day.reading import DaySheet, RowState, SheetRow
from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import PageLink, written
from foundation.templatetags.components import dollars

type Cell = str | dict[str, object]

FUNDS_HEAD = [
    gettext_lazy("Meeting"),
    gettext_lazy("State"),
    {"text": gettext_lazy("Approved"), "numeric": True},
    {"text": gettext_lazy("Taken out"), "numeric": True},
    {"text": gettext_lazy("Handed out"), "numeric": True},
]
STATES = {
    RowState.HANDED: gettext_lazy("Has it"),
    RowState.ASKED: gettext_lazy("Has not said yet whether they want to be paid. Ask them"),
    RowState.ABOVE: gettext_lazy("More than was approved for one person: paid as usual"),
    RowState.ELSEWHERE: gettext_lazy("Somebody else approves or pays it: paid as usual"),
}


def each_hint(agency: Agency, on: date) -> str:
    """What the plan pays for an hour, to judge what one person can earn."""
    plan = PlanVersion.objects.within(agency).in_force(on).first()
    if plan is None:
        return _("No payment plan is in force, so nobody earns anything yet.")
    rate = dollars(plan.hourly_rate)
    if plan.daily_cap is None:
        return _("The plan pays %(rate)s an hour.") % {"rate": rate}
    said = _("The plan pays %(rate)s an hour, and %(cap)s a day at most.")
    return said % {"rate": rate, "cap": dollars(plan.daily_cap)}


def fund_words(fund: DayFund, names: Mapping[int, str]) -> str:
    """Which meeting it is, as far as the reader may know."""
    name = names.get(fund.meeting_id)
    day = {"day": written(fund.meeting.on)}
    return (
        _("%(group)s, %(day)s") % {"group": name, **day} if name else _("Meeting of %(day)s") % day
    )


def method_words(fund: DayFund) -> str:
    return _("in gift cards") if fund.method == PaymentMethod.GIFT_CARD else _("in cash")


def state_of(fund: DayFund) -> str:
    if fund.withdrawn_on is not None:
        return _("Withdrawn")
    if fund.taken_on is None:
        return _("To take out")
    if fund.counted_on is None:
        return _("With %(name)s") % {"name": fund.taken_by}
    if not fund.difference_reason:
        return _("Counted back")
    return _("Differs") if fund.confirmed_on else _("Differs, to confirm")


def funds_shown(funds: Iterable[DayFund], names: Mapping[int, str]) -> list[list[Cell]]:
    return [
        [
            {
                "text": fund_words(fund, names),
                "href": at(fund.agency, "compensation:day_fund", pk=fund.pk),
            },
            state_of(fund),
            dollars(fund.total),
            "" if fund.taken is None else dollars(fund.taken),
            "" if fund.handed is None else dollars(fund.handed),
        ]
        for fund in funds
    ]


@dataclass(frozen=True)
class Difference:
    """Counted money that did not come out even, in words."""

    title: str
    words: Sequence[str]


def differences_shown(funds: Iterable[DayFund], names: Mapping[int, str]) -> list[Difference]:
    return [Difference(fund_words(fund, names), [*_differs(fund)]) for fund in funds]


def _differs(fund: DayFund) -> Iterable[str]:
    if fund.taken is None or fund.handed is None or fund.brought_back is None:
        return
    by = fund.taken - fund.handed - fund.brought_back
    sums = {
        "taken": dollars(fund.taken),
        "handed": dollars(fund.handed),
        "back": dollars(fund.brought_back),
        "by": dollars(abs(by)),
    }
    missing = _(
        "%(taken)s was taken out, %(handed)s handed out and %(back)s brought back. %(by)s is "
        "missing."
    )
    more = _(
        "%(taken)s was taken out, %(handed)s handed out and %(back)s brought back. %(by)s is too "
        "much."
    )
    yield (missing if by > 0 else more) % sums
    yield _("The reason: %(reason)s") % {"reason": fund.difference_reason}
    who = {"one": fund.taken_by, "two": fund.counted_by, "three": fund.confirmed_by}
    if fund.taken_by_id == fund.counted_by_id:
        yield _("%(one)s had the money and counted it.") % who
    else:
        yield _("%(one)s had the money, and %(two)s counted it.") % who
    if fund.confirmed_on is None:
        yield _("No second person has confirmed it yet.")
    else:
        yield _("%(three)s confirmed it on %(day)s.") % {**who, "day": written(fund.confirmed_on)}


@dataclass(frozen=True)
class RowShown:
    """A person of the sheet: number, name and amount, what happens with it, and where."""

    number: int
    name: str
    amount: str
    state: str
    link: PageLink | None


@dataclass(frozen=True)
class FundShown:
    """A fund's page: facts, the next steps, the people, and what their pay comes to."""

    title: str
    state: str
    reason: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[PageLink]
    rows: Sequence[RowShown]
    owed: str
    short: bool
    differs: Sequence[str]
    handing: bool


def fund_shown(fund: DayFund, sheet: DaySheet, name: str, reader: Member) -> FundShown:
    handing = fund.taken_on is not None and rules.handing_out(fund, reader) is None
    left = fund.total if fund.taken is None else sheet.left
    open_now = fund.counted_on is None and fund.withdrawn_on is None
    return FundShown(
        title=fund_words(fund, {fund.meeting_id: name} if name else {}),
        state=state_of(fund),
        reason=fund.reason,
        facts=[*_facts(fund, sheet)],
        steps=[*_steps(fund, sheet, reader, handing=handing)],
        rows=[
            _row_shown(fund, row, reader, handing=handing)
            for row in sheet.rows
            if open_now or row.state == RowState.HANDED
        ],
        owed=dollars(sheet.owed) if open_now and sheet.owed else "",
        short=open_now and sheet.owed > left,
        differs=[*_differs(fund)] if fund.difference_reason else [],
        handing=handing,
    )


def _facts(fund: DayFund, sheet: DaySheet) -> Iterable[tuple[str, str]]:
    limits = _("%(total)s for %(people)s people at most, %(each)s for one person at most")
    yield (
        _("Approved"),
        limits
        % {
            "total": dollars(fund.total),
            "people": fund.people_most,
            "each": dollars(fund.each_most),
        },
    )
    by = _("%(name)s, %(day)s")
    yield (
        _("Approved by"),
        by % {"name": fund.approved_by, "day": written(fund.approved_on)},
    )
    if fund.taken is None or fund.taken_on is None:
        return
    taken = _("%(amount)s %(how)s, by %(name)s, %(day)s")
    yield (
        _("Taken out"),
        taken
        % {
            "amount": dollars(fund.taken),
            "how": method_words(fund),
            "name": fund.taken_by,
            "day": written(fund.taken_on),
        },
    )
    handed: Decimal = fund.taken - sheet.left if fund.handed is None else fund.handed
    yield _("Handed out"), dollars(handed)
    if fund.brought_back is None or fund.counted_on is None:
        yield _("Should be left"), dollars(sheet.left)
    else:
        back = _("%(amount)s, counted by %(name)s, %(day)s")
        yield (
            _("Brought back"),
            back
            % {
                "amount": dollars(fund.brought_back),
                "name": fund.counted_by,
                "day": written(fund.counted_on),
            },
        )


def _steps(fund: DayFund, sheet: DaySheet, reader: Member, *, handing: bool) -> Iterable[PageLink]:
    def step(words: str, page: str) -> PageLink:
        return PageLink(words, at(fund.agency, f"compensation:{page}", pk=fund.pk))

    if rules.taking_out(fund, reader) is None:
        yield step(_("Take the money out"), "fund_take_out")
    if handing and sheet.of(RowState.OWED):
        yield step(_("Print a sheet to sign"), "fund_sheet")
        if fund.method == PaymentMethod.CASH:
            yield step(_("Tick off the paper sheet"), "fund_tick_off")
    if rules.counting_back(fund, reader) is None:
        yield step(_("Count the rest back"), "fund_count_back")
    if rules.confirming(fund, reader) is None:
        yield step(_("Confirm the difference"), "fund_confirm")
    if rules.withdrawing(fund, reader) is None:
        yield step(_("Withdraw the approval"), "fund_withdraw")


def _row_shown(fund: DayFund, row: SheetRow, reader: Member, *, handing: bool) -> RowShown:
    name, link = row.member.full_name, None
    if row.handout is not None:
        row.handout.fund = fund
        if rules.seeing_signature(row.handout, reader):
            url = at(fund.agency, "compensation:signature", pk=row.handout.payment_id)
            link = PageLink(str(row.handout.get_proof_display()), url, name)
    elif handing and row.state == RowState.OWED:
        url = at(fund.agency, "compensation:hand_out", pk=fund.pk, member=row.member.pk)
        link = PageLink(_("Hand it out"), url, name)
    state = STATES.get(row.state)
    return RowShown(
        row.number, name, dollars(row.amount), str(state) if state else _("Is owed it"), link
    )
