"""Defining, changing and retiring measures."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from groups.models import Group
from measures.definitions import judges, rules
from measures.definitions.judges import Touch, touching
from measures.definitions.models import Frequency, Measure
from measures.kinds.shape import BetterWay, MeasureKind
from measures.kinds.shapes import SHAPES
from measures.policies import LAG, LONGEST_LAG

# Fields that change the number itself: locked while a plan under way is judged by it.
LOCKED = (
    "direction",
    "numerator",
    "denominator",
    "per",
    "unit",
    "frequency",
    "inclusion",
    "exclusion",
)


# The fields of a definition, except its kind, which never changes.
DEFINITION = (
    "name",
    "direction",
    "numerator",
    "denominator",
    "per",
    "unit",
    "frequency",
    "source",
    "inclusion",
    "exclusion",
    "lowest",
    "highest",
    "lag",
    "collected_by",
)


type Defined = str | int | Decimal | Member | None


@transaction.atomic
def define(
    owner: Group,
    *,
    name: str,
    kind: str,
    direction: str,
    numerator: str,
    denominator: str = "",
    per: int = 1,
    unit: str = "",
    frequency: str = "",
    source: str,
    inclusion: str = "",
    exclusion: str = "",
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
    lag: int | None = None,
    collected_by: Member,
    by: Member,
) -> Measure:
    """Define a group's measure: what is counted, out of what, from where, how often, by whom.

    Values shown on the chart should lie between `lowest` and `highest`; `lag` is how many days
    after its period a number is due. If rows are days of events, there is no `frequency`, and
    `direction` is that of the days between.

    ValidationError by field: something the kind needs is missing or wrong.
    """
    enforce(rules.defining(owner, by))
    if kind not in MeasureKind.values:
        raise ValidationError({"kind": _("Choose one of the answers.")})
    shape = SHAPES[MeasureKind(kind)]
    today = by.agency.today()
    measure = Measure(
        agency=by.agency,
        owner=owner,
        kind=kind,
        name=name.strip(),
        direction=direction,
        numerator=numerator.strip(),
        denominator=denominator.strip(),
        per=per if shape.has_per else 1,
        unit=unit.strip(),
        frequency=frequency if shape.is_periodic else Frequency.DAY,
        source=source.strip(),
        inclusion=inclusion.strip(),
        exclusion=exclusion.strip(),
        lowest=lowest,
        highest=highest,
        lag=LAG.value(by.agency, today) if lag is None else lag,
        collected_by=collected_by,
        defined_on=today,
    )
    _check(measure)
    measure.save()
    measure.ownerships.create(agency=by.agency, group=owner, since=today)
    events.record("measure.defined", measure, by=by, group=owner.pk)
    return measure


def locked(measure: Measure, by: Member) -> Measure:
    """Lock the measure, with its owner, before it, its numbers or its chart change."""
    measures = Measure.objects.within(by.agency).select_related("owner")
    return measures.select_for_update(of=("self",)).get(pk=measure.pk)


@transaction.atomic
def redefine(
    measure: Measure,
    *,
    by: Member,
    reason: str = "",
    version: int | None = None,
    **changes: Defined,
) -> Measure:
    """Change a definition; its kind never, its periods only while it has no numbers.

    `changes` are fields of DEFINITION. Once there are numbers, changing what is counted needs a
    `reason`: plans that began with this measure and are not under way must then confirm their
    baseline again.
    """
    measure = locked(measure, by)
    enforce(rules.redefining(measure, by))
    same(measure, version)
    if not changes.keys() <= set(DEFINITION):
        raise TypeError(f"not of a definition: {', '.join(changes.keys() - set(DEFINITION))}")
    other = any(
        getattr(measure, name) != _tidy(changes.get(name, getattr(measure, name)))
        for name in LOCKED
    )
    if other:
        enforce(judges.locking(measure))
    regular = measure.frequency
    for name, value in changes.items():
        setattr(measure, name, _tidy(value))
    if not measure.shape.has_per:
        measure.per = 1
    if measure.frequency != regular and measure.points.exists():
        raise ValidationError(
            {"frequency": _("It has numbers already, so how often can't be changed.")}
        )
    _check(measure)
    if other and (measure.points.exists() or judges.frozen(measure)):
        required(reason=reason)
        measure.reason = reason.strip()
    measure.version += 1
    touched = None if other else ()
    # A different thing is counted now, so the baseline changes even if its number does not.
    with touching(
        measure, cause=Touch.REDEFINED, by=by, reason=reason, periods=touched, always=True
    ):
        measure.save()
    events.record("measure.redefined", measure, by=by, group=measure.owner_id)
    return measure


def _tidy[T](value: T) -> T | str:
    """Strip spaces around text; leave other values alone."""
    return value.strip() if isinstance(value, str) else value


def _check(measure: Measure) -> None:
    required(name=measure.name, numerator=measure.numerator, source=measure.source)
    wrong: dict[str, str] = {}
    if measure.direction not in BetterWay.values:
        wrong["direction"] = _("Choose one of the answers.")
    periodic = measure.shape.is_periodic or measure.frequency == Frequency.DAY
    if measure.frequency not in Frequency.values or not periodic:
        wrong["frequency"] = _("Choose one of the answers.")
    if measure.shape.has_denominator and not measure.denominator:
        wrong["denominator"] = _("Say out of what it is counted.")
    if not measure.shape.has_denominator and measure.denominator:
        wrong["denominator"] = _("Leave this empty: this kind of measure is not out of anything.")
    if measure.per < 1:
        wrong["per"] = _("Use a whole number from 1 on.")
    wrong |= _wrong_expectation(measure)
    if wrong:
        raise ValidationError(wrong)


def _wrong_expectation(measure: Measure) -> dict[str, str]:
    """Errors in the lag and in the plausible range."""
    wrong: dict[str, str] = {}
    least, most, shape = measure.lowest, measure.highest, measure.shape
    if not 0 <= measure.lag <= LONGEST_LAG.value:
        wrong["lag"] = _("Use a whole number of days, at most %(most)s.") % {
            "most": LONGEST_LAG.value
        }
    if least is not None and most is not None and least > most:
        wrong["highest"] = _("The most that is expected can't be below the least.")
    for name, value in (("lowest", least), ("highest", most)):
        if value is not None and value < 0:
            wrong[name] = _("A number can't be less than 0.")
        elif value is not None and shape.largest is not None and value > shape.largest:
            wrong[name] = str(shape.too_large)
        elif value is not None and shape.unexpected:
            wrong[name] = str(shape.unexpected)
    return wrong


@transaction.atomic
def retire(measure: Measure, *, by: Member, version: int | None = None) -> Measure:
    """Stop using a measure; its numbers stay."""
    measure = locked(measure, by)
    enforce(rules.retiring(measure, by))
    same(measure, version)
    measure.retired_on = by.agency.today()
    measure.version += 1
    measure.save()
    events.record("measure.retired", measure, by=by, group=measure.owner_id)
    return measure


@transaction.atomic
def hand_over(
    measure: Measure,
    *,
    to: Group,
    collected_by: Member,
    on: date | None = None,
    by: Member,
    version: int | None = None,
) -> Measure:
    """Give it to another group from that day on, where somebody else collects the numbers.

    `on` is today, or any day since the present owner got it; ValidationError by field for other
    days.
    """
    measure = locked(measure, by)
    enforce(rules.handing_over(measure, by))
    enforce(rules.taking_over(measure, to, by))
    same(measure, version)
    today = by.agency.today()
    on = today if on is None else on
    _check_day(measure, on, today)
    measure.owner, measure.collected_by = to, collected_by
    measure.version += 1
    measure.save()
    own(measure, to, on)
    events.record("measure.handed_over", measure, by=by, group=to.pk)
    return measure


def _check_day(measure: Measure, on: date, today: date) -> None:
    since = measure.ownerships.get(until=None).since
    if on > today:
        raise ValidationError({"on": _("This day is still to come. Choose today or a day before.")})
    if on < since:
        said = _("It came to this group on %(day)s. Choose that day or a later one.")
        raise ValidationError({"on": said % {"day": formats.date_format(since, "F j, Y")}})


def own(measure: Measure, group: Group, on: date) -> None:
    """Record that the group owns the measure from that day on."""
    held = measure.ownerships.select_for_update().get(until=None)
    if held.group_id == group.pk:
        return
    if held.since == on:
        held.group = group
        held.save()
        return
    held.until = on
    held.save()
    measure.ownerships.create(agency=measure.agency, group=group, since=on)
