"""Every policy number, declared once in an app's `policies.py` and dated per agency.

    DISPOSE = register(
        Policy("dialogues.disposition", _("Days to decide about a theme"), Unit.DAYS, 30, 1, 366)
    )
    DISPOSE.value(agency, on)  # 30, or the agency's own value in force that day
    DISPOSE.words(agency, on)  # "30 days"

A `Limit` is the same for every agency: it protects people or machines, and nobody may loosen it. A
`Rate` limits tries per time, such as sign-ins before the agency is known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, overload

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import tenancy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from foundation.models import Agency, PolicyChange

type Text = str | Promise
type PolicyValue = int | str | bool


class Unit(StrEnum):
    """What a policy's value counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"  # whole units of the agency's currency
    TENTHS_OF_A_CENT = "tenths_of_a_cent"
    CHOICE = "choice"
    BOOLEAN = "bool"


SPANS = {
    Unit.SECONDS: timedelta(seconds=1),
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
}
MOST_PERCENT = 100
MOST = 10_000


def in_words(unit: Unit, value: object) -> str:
    """A number in its unit: "30 days", "20%"."""
    count = int(str(value))
    number = number_format(count, use_l10n=True)
    match unit:
        case Unit.PERCENT:
            return _("%(number)s%%") % {"number": number}
        case Unit.MONEY:
            return _("$%(number)s") % {"number": number_format(count, force_grouping=True)}
        case Unit.TENTHS_OF_A_CENT:
            cents = number_format(Decimal(count).scaleb(-1).normalize(), use_l10n=True)
            return _("%(cents)s cents") % {"cents": cents}
        case Unit.SECONDS:
            words = ngettext("%(number)s second", "%(number)s seconds", count)
        case Unit.MINUTES:
            words = ngettext("%(number)s minute", "%(number)s minutes", count)
        case Unit.HOURS:
            words = ngettext("%(number)s hour", "%(number)s hours", count)
        case Unit.DAYS:
            words = ngettext("%(number)s day", "%(number)s days", count)
        case Unit.WORKING_DAYS:
            words = ngettext("%(number)s working day", "%(number)s working days", count)
        case Unit.MONTHS:
            words = ngettext("%(number)s month", "%(number)s months", count)
        case _:
            return number
    return words % {"number": number}


@dataclass(frozen=True)
class Policy[T: (int, str, bool)]:
    """A number or choice that an agency may set, with a start date and a reason."""

    code: str  # "area.name": the area is an indicator's code or an app's name
    title: Text
    unit: Unit
    default: T
    minimum: int | None = None
    maximum: int | None = None
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()

    @property
    def area(self) -> str:
        return self.code.partition(".")[0]

    @property
    def name(self) -> str:
        return self.code.partition(".")[2]

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest value allowed."""
        low = 0 if self.minimum is None else self.minimum
        most = MOST_PERCENT if self.unit is Unit.PERCENT else MOST
        return low, most if self.maximum is None else self.maximum

    def accepts(self, value: object) -> bool:
        """Whether this value is allowed."""
        if self.unit is Unit.BOOLEAN:
            return isinstance(value, bool)
        if self.unit is Unit.CHOICE:
            return value in [code for code, _words in self.choices]
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        low, high = self.bounds
        return low <= value <= high

    def usable(self, value: object) -> T:
        """The value, or the default if an earlier release allowed a value this one does not."""
        return value if self.accepts(value) else self.default  # type: ignore[return-value]

    def value(self, agency: "Agency | int", on: date) -> T:
        """The value in force for the agency (or its key) on that day."""
        return self.usable(_held(agency, self.code, on))

    def span(self: "Policy[int]", agency: "Agency | int", on: date) -> timedelta:
        """The value as a timedelta; for days, hours, minutes and seconds."""
        return SPANS[self.unit] * self.value(agency, on)

    def said(self, value: object) -> str:
        """Any of its values, in words."""
        if self.unit is Unit.BOOLEAN:
            return _("Yes") if value else _("No")
        if self.unit is Unit.CHOICE:
            return str(dict(self.choices).get(str(value), value))
        return in_words(self.unit, value)

    def words(self, agency: "Agency | int", on: date) -> str:
        """The value in force for the agency on that day, in words."""
        return self.said(self.value(agency, on))


@dataclass(frozen=True)
class Limit:
    """A number that is the same for every agency; `source`: where it is from, if not from us."""

    code: str
    title: Text
    unit: Unit
    value: int
    source: Text = ""

    @property
    def span(self) -> timedelta:
        """The value as a timedelta; for days, hours, minutes and seconds."""
        return SPANS[self.unit] * self.value

    @property
    def words(self) -> str:
        return in_words(self.unit, self.value)


@dataclass(frozen=True)
class Rate:
    """A number of tries per time, the same for every agency."""

    code: str
    title: Text
    tries: int
    time: int
    unit: Unit

    @property
    def span(self) -> timedelta:
        """How long tries are remembered after the first one."""
        return SPANS[self.unit] * self.time

    @property
    def wait(self) -> str:
        """The same time, in words."""
        return in_words(self.unit, self.time)

    @property
    def words(self) -> str:
        said = ngettext("%(tries)s try in %(time)s", "%(tries)s tries in %(time)s", self.tries)
        return said % {"tries": number_format(self.tries, use_l10n=True), "time": self.wait}


type AnyPolicy = Policy[int] | Policy[str] | Policy[bool]


class Settings(Mapping[str, PolicyValue]):
    """The values in force for one agency on one day, by policy code.

    `ahead`: the values decided by that day for later days, by day.
    """

    def __init__(
        self,
        values: Mapping[str, PolicyValue],
        ahead: Mapping[date, Mapping[str, PolicyValue]] | None = None,
    ) -> None:
        self._values = dict(values)
        self._ahead = {day: dict(changed) for day, changed in sorted((ahead or {}).items())}

    @property
    def ahead(self) -> Mapping[date, Mapping[str, PolicyValue]]:
        return self._ahead

    def at(self, day: date) -> "Settings":
        """The values for a later day, as decided so far."""
        values = dict(self._values)
        for since, changed in self._ahead.items():
            if since <= day:
                values |= changed
        return Settings(values, {since: c for since, c in self._ahead.items() if since > day})

    def only(self, codes: Iterable[str]) -> "Settings":
        """Only the values of these policies."""
        wanted = set(codes)
        ahead = {
            day: {code: value for code, value in changed.items() if code in wanted}
            for day, changed in self._ahead.items()
        }
        return Settings(
            {code: value for code, value in self._values.items() if code in wanted},
            {day: changed for day, changed in ahead.items() if changed},
        )

    def instead(self, values: Mapping[str, PolicyValue]) -> "Settings":
        """Replace values to try them out, from today or a later day on."""
        return Settings(
            self._values | dict(values),
            {
                day: {code: value for code, value in changed.items() if code not in values}
                for day, changed in self._ahead.items()
            },
        )

    def __getitem__(self, code: str) -> PolicyValue:
        return self._values[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def number(self, policy: Policy[int]) -> int:
        return int(self._values[policy.code])

    def choice(self, policy: Policy[str]) -> str:
        return str(self._values[policy.code])

    def flag(self, policy: Policy[bool]) -> bool:
        return bool(self._values[policy.code])


_registered: dict[str, AnyPolicy | Limit | Rate] = {}
_areas: dict[str, Text] = {}


@overload
def register[T: (int, str, bool)](policy: Policy[T]) -> Policy[T]: ...
@overload
def register(policy: Limit) -> Limit: ...
@overload
def register(policy: Rate) -> Rate: ...
def register(policy: Any) -> Any:
    """Register a policy or limit under its unique code."""
    area, dot, name = policy.code.partition(".")
    if not (area and dot and name):
        raise ValueError(f"{policy.code} is no code of an area and a name")
    if policy.code in _registered:
        raise ValueError(f"there is a policy {policy.code} already")
    if isinstance(policy, Policy) and not policy.accepts(policy.default):
        raise ValueError(f"{policy.code} does not take its own default")
    _registered[policy.code] = policy
    return policy


def area(code: str, title: Text) -> None:
    """Name the subject of an area's policies, for the page that lists them."""
    _areas[code] = title


def areas() -> dict[str, Text]:
    return dict(_areas)


def registered() -> tuple[AnyPolicy, ...]:
    """All policies that an agency may set, in order of declaration."""
    return tuple(each for each in _registered.values() if isinstance(each, Policy))


def limits() -> tuple[Limit | Rate, ...]:
    """All limits and rates, which are the same for every agency."""
    return tuple(each for each in _registered.values() if isinstance(each, Limit | Rate))


def find(code: str) -> AnyPolicy:
    """The policy of this code; LookupError if an agency can't set it."""
    found = _registered.get(code)
    if not isinstance(found, Policy):
        raise LookupError(f"there is no policy {code}")
    return found


def in_force(agencies: Sequence[int], on: date) -> dict[int, Settings]:
    """The settings of each agency, by key, with later values decided by that day; one query.

    Policies that were never changed have their default.
    """
    from foundation.models import PolicyChange

    changed: dict[tuple[int, str], object] = {}
    ahead: dict[int, dict[date, dict[str, PolicyValue]]] = {agency: {} for agency in agencies}
    known = {each.code: each for each in registered()}
    rows = PolicyChange.objects.across(agencies).decided(on)
    for agency, code, since, value in rows.values_list("agency_id", "code", "since", "value"):
        if since <= on:
            changed[agency, code] = value
        elif code in known:
            ahead[agency].setdefault(since, {})[code] = known[code].usable(value)
    return {
        agency: Settings(
            {code: each.usable(changed.get((agency, code))) for code, each in known.items()},
            ahead[agency],
        )
        for agency in agencies
    }


def settings_of(agency: "Agency", on: date) -> Settings:
    """All values in force for one agency on one day."""
    return Settings({each.code: each.value(agency, on) for each in registered()})


_KEPT = "policies"


def changes(agency: "Agency | int") -> tuple[tuple[str, date, object], ...]:
    """All changes as (code, since, value), oldest first; read once per entry into an agency."""
    from foundation import prepared

    key = agency if isinstance(agency, int) else (agency.goes_by or agency).pk
    kept = tenancy.kept(key)
    if _KEPT not in kept:
        asked = prepared.prepared("foundation.policies", _changes, {prepared.AGENCY: "agency"})
        kept[_KEPT] = tuple(asked.tuples({"agency": key}))
    found: tuple[tuple[str, date, object], ...] = kept[_KEPT]
    return found


def _changes() -> "QuerySet[PolicyChange, tuple[str, date, object]]":
    from foundation import prepared
    from foundation.models import PolicyChange

    rows = PolicyChange.objects.across([prepared.AGENCY]).order_by("since", "pk")
    return rows.values_list("code", "since", "value")


def _held(agency: "Agency | int", code: str, on: date) -> object:
    """The last value set by that day."""
    held = None
    for changed, since, value in changes(agency):
        if changed == code and since <= on:
            held = value
    return held
