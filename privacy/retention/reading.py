"""The schedule of an agency, what would go by it today, and what its runs took."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from foundation import personal_data
from foundation.models import Agency
from foundation.out_of_use import taken_codes
from foundation.retention import KeptFor, RetentionClass, schedule
from privacy.retention.models import RetentionRule, RetentionTurn


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
    # The schedule takes its rows out of use; otherwise the class says why it waits.
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
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT class, place, due, first, last, person, "group", period FROM retention_due(%s)',
            [today],
        )
        return [DueRows(*row) for row in cursor.fetchall()]


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
    taken = taken_codes()
    return [
        ScheduleLine(each, rules.get(each.code), each.code in taken, not turns.get(each.code, True))
        for each in schedule()
    ]


def class_of(code: str) -> RetentionClass:
    """The class of this code; LookupError if there is none."""
    for each in schedule():
        if each.code == code:
            return each
    raise LookupError(code)
