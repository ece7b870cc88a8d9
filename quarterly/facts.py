"""What the records say of a quarter, as an Account tells it on a wall.

Only what everybody in the program may read: nothing of hidden groups, and no person. Few payments
are told as few.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    F,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from cells.ideas.models import Opportunity, OpportunityState
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from dialogues.themes.models import Theme
from dialogues.told_back.models import Disposition, DispositionKind
from foundation.minimum import enough
from foundation.models import Agency
from foundation.quarters import Quarter
from foundation.smallness import count
from foundation.templatetags.components import dollars
from groups.models import GroupKind, Meeting, MeetingStatus
from oversight.models import ManagementAnswer, ManagementResponse, Recommendation
from oversight.waiting import NUMBERED


@dataclass(frozen=True)
class AccountLine:
    """One thing, and what came of it or why not; `note` may be empty."""

    title: str
    note: str = ""


@dataclass(frozen=True)
class PaidInQuarter:
    """Money of the quarter: people as "12", "fewer than 5", or "" where nobody was paid.

    The sum in dollars, and the median days from service to payment, only of enough people.
    """

    people: str
    sum: str
    days: str


@dataclass(frozen=True)
class QuarterFacts:
    """What an Account tells besides its first paragraph."""

    dialogues: int
    meetings: int
    said: tuple[AccountLine, ...]
    begun: tuple[AccountLine, ...]
    done: tuple[AccountLine, ...]
    refused: tuple[AccountLine, ...]
    asked: tuple[AccountLine, ...]
    paid: PaidInQuarter


PARTS = ("said", "begun", "done", "refused", "asked")


def facts(agency: Agency, quarter: Quarter) -> QuarterFacts:
    """Read them from the records; four queries."""
    within = (quarter.since, quarter.last)
    held = Meeting.objects.within(agency).filter(
        status=MeetingStatus.HELD, on__range=within, group__hidden=False
    )
    by_kind = dict(
        held.filter(group__kind__in=[GroupKind.DIALOGUE, GroupKind.CELL])
        .order_by()
        .values_list("group__kind")
        .annotate(number=Count("pk"))
    )
    lines: dict[str, list[AccountLine]] = {part: [] for part in PARTS}
    first, *others = _lines(agency, within)
    for part, _on, _pk, title, note in sorted(first.union(*others, all=True)):
        lines[part].append(AccountLine(title, note))
    return QuarterFacts(
        dialogues=by_kind.get(GroupKind.DIALOGUE, 0),
        meetings=by_kind.get(GroupKind.CELL, 0),
        paid=_paid(agency, within),
        **{part: tuple(found) for part, found in lines.items()},
    )


def _lines(agency: Agency, within: tuple[date, date]) -> Iterator[QuerySet[Any, Any]]:
    """For each part, the day, key, title and note of its lines; one query set a source.

    Refused are themes and ideas that were set aside, and what management declined.
    """
    themes = Theme.objects.within(agency).filter(dialogue__group__hidden=False)
    yield _line("said", themes.filter(harvested_on__range=within), "harvested_on", "title")
    ideas = Opportunity.objects.within(agency).filter(cell__group__hidden=False)
    begun = ideas.filter(state__in=[OpportunityState.CHOSEN, OpportunityState.CLOSING])
    yield _line("begun", begun.filter(chosen_on__range=within), "chosen_on", "title")
    ended = ideas.filter(state_on__range=within)
    done = ended.filter(state=OpportunityState.DONE)
    yield _line("done", done, "state_on", "title", "told")
    aside = ended.filter(state__in=[OpportunityState.PARKED, OpportunityState.DECLINED])
    yield _line("refused", aside, "state_on", "title", "reason")
    answered = Disposition.objects.within(agency).filter(
        kind__in=[DispositionKind.PARKED, DispositionKind.NOT_OURS],
        on__range=within,
        theme__dialogue__group__hidden=False,
    )
    yield _line("refused", answered, "on", "theme__title", "reason")
    public = Recommendation.objects.within(agency).public()
    declined = ManagementResponse.objects.within(agency).filter(
        answer=ManagementAnswer.DECLINE, given_on__range=within, recommendation__in=public
    )
    yield _line("refused", declined, "given_on", "recommendation__title", "reason")
    yield _line("asked", public.filter(made_on__range=within), "made_on", NUMBERED)


def _line(
    part: str, rows: QuerySet[Any], on: str, title: Any, note: str = ""
) -> QuerySet[Any, Any]:
    text = TextField()
    return rows.order_by().values_list(
        Value(part, text),
        Cast(on, DateField()),
        Cast("pk", BigIntegerField()),
        Cast(title, text),
        Cast(note, text) if note else Value("", text),
    )


def _paid(agency: Agency, within: tuple[date, date]) -> PaidInQuarter:
    payments = Payment.objects.within(agency).filter(paid_on__range=within, reversed_on=None)
    told = payments.aggregate(people=Count("member", distinct=True), sum=Sum("amount"))
    if not enough(told["people"]):
        return PaidInQuarter(count(told["people"]) if told["people"] else "", "", "")
    lines = Claim.objects.within(agency).filter(payment__in=payments)
    waited = [
        (paid_on - service_on).days
        for paid_on, service_on in lines.values_list(F("payment__paid_on"), "service_on")
    ]
    days = str(round(median(waited))) if waited else ""
    return PaidInQuarter(count(told["people"]), dollars(told["sum"]), days)


def as_text(opening: str, told: QuarterFacts) -> str:
    """The canonical text that is released."""
    whole = {"opening": opening, "facts": asdict(told)}
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def of_text(text: str) -> tuple[str, QuarterFacts]:
    """The first paragraph and the facts that a released text holds."""
    whole: dict[str, Any] = json.loads(text)
    told = whole["facts"]
    lines = {part: tuple(AccountLine(**line) for line in told[part]) for part in PARTS}
    return whole["opening"], QuarterFacts(
        **{**told, **lines, "paid": PaidInQuarter(**told["paid"])}
    )
