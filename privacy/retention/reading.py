"""The schedule of an agency, what would go by it today, and what its runs took."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Max, Min
from psycopg import sql

from foundation import personal_data
from foundation.models import Agency
from foundation.out_of_use import taken_codes
from foundation.retention import (
    ACCESS,
    CONSENTS,
    GOVERNANCE,
    MEMBERSHIP,
    PAY,
    QUALITY,
    SURVEYS,
    VOICES,
    KeptFor,
    RetentionClass,
    schedule,
)
from foundation.wholes import RUN, turned_by, whole_codes
from privacy.retention.models import AnnouncedRow, RetentionRule, RetentionRun, RetentionTurn

# The classes by whose rows a past day is judged.
JUDGED = (MEMBERSHIP, ACCESS, CONSENTS, GOVERNANCE, QUALITY, VOICES, SURVEYS, PAY)


@dataclass(frozen=True)
class DueRows:
    """What is over today in one table: how many rows go, and what a hold keeps back."""

    code: str
    place: str
    count: int
    first: date | None
    last: date | None
    of_person: int
    of_group: int
    of_period: int

    @property
    def kept_back(self) -> int:
        return self.of_person + self.of_group + self.of_period

    @property
    def title(self) -> str:
        found = personal_data.of_table(self.place)
        return str(found.title) if found is not None else self.place


@dataclass(frozen=True)
class ScheduleLine:
    """One class as it is kept on a day: the agency's own rule if there is one."""

    found: RetentionClass
    rule: RetentionRule | None
    # The schedule takes its rows out of use, or announces them as wholes; otherwise the class says
    # why it waits.
    runs: bool
    paused: bool

    @property
    def kept(self) -> KeptFor | None:
        return self.rule.kept_for if self.rule is not None else self.found.usual

    @property
    def words(self) -> str:
        return self.found.words if self.rule is None else self.rule.kept_for.words


def due(today: date) -> list[DueRows]:
    """What is over by that day in the agency entered, on or off; one query."""
    return _due("retention_due", today)


def due_wholes(today: date) -> list[DueRows]:
    """What heads a whole and is over by that day, whether it is still needed or not; one query."""
    return _due("wholes_due", today)


def _due(function: str, today: date) -> list[DueRows]:
    query = sql.SQL(
        'SELECT class, place, due, first, last, person, "group", period FROM {}(%s)'
    ).format(sql.Identifier(function))
    with connection.cursor() as cursor:
        cursor.execute(query, [today])
        return [DueRows(*row) for row in cursor.fetchall()]


def records_from(agency: Agency) -> date | None:
    """The first day that can be judged by what is still here; None: nothing was destroyed yet."""
    runs = RetentionRun.objects.within(agency).filter(code=RUN).exclude(destroyed_on=None)
    last = runs.order_by("-destroyed_on").values_list("destroyed_on", flat=True).first()
    if last is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(wholes_last_day(%s, code, %s)) FROM unnest(%s::text[]) AS code",
            [agency.pk, last, [each.code for each in JUDGED]],
        )
        (over,) = cursor.fetchone() or (None,)
    assert isinstance(over, date)
    return over + timedelta(days=1)


def announced(run: RetentionRun) -> list[DueRows]:
    """What a run has announced, in each table; one query."""
    rows = AnnouncedRow.objects.within(run.agency).filter(run=run).values("place")
    counted = rows.annotate(n=Count("pk"), first=Min("day"), last=Max("day")).order_by("place")
    found = [
        DueRows(run.code, each["place"], each["n"], each["first"], each["last"], 0, 0, 0)
        for each in counted
    ]
    return sorted(found, key=lambda each: each.title)


def is_on(agency: Agency, on: date, code: str = "") -> bool:
    """Whether the schedule is on that day, and the class, if one is given; one query."""
    turns = {each.code: each.on for each in RetentionTurn.objects.within(agency).in_force(on)}
    return turns.get("", False) and turns.get(code, True)


def lines(agency: Agency, on: date) -> list[ScheduleLine]:
    """The whole schedule on that day; two queries."""
    rules = {
        each.code: each
        for each in RetentionRule.objects.within(agency).in_force(on).select_related("by")
    }
    turns = {each.code: each.on for each in RetentionTurn.objects.within(agency).in_force(on)}
    runs = taken_codes() | whole_codes()
    return [
        ScheduleLine(
            each, rules.get(each.code), each.code in runs, not turns.get(turned_by(each), True)
        )
        for each in schedule()
    ]


def class_of(code: str) -> RetentionClass:
    """The class of this code; LookupError if there is none."""
    for each in schedule():
        if each.code == code:
            return each
    raise LookupError(code)
