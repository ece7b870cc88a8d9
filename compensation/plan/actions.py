"""Writing, putting in force, adopting and ratifying versions of the compensation plan."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from compensation.plan import rules
from compensation.plan.models import (
    PlanVersion,
    PlanVersionQuerySet,
    RateBasis,
    RateRule,
    WorkKind,
)
from compensation.plan.reading import committee
from foundation import events, founding
from foundation.models import Agency
from foundation.refusals import enforce
from groups.actions import propose, settle_overtaken
from groups.models import Choice as PositionChoice
from groups.models import Decision, DecisionQuerySet
from groups.quorum import asked_of, consumers_needed
from groups.tally import counted, voters
from notifications.actions import tell

# Dollars, how often, and for meetings called off late how many hours ahead.
type RateGiven = tuple[Decimal, RateBasis] | tuple[Decimal, RateBasis, int]
NO_RATES: Mapping[WorkKind, RateGiven] = {}


def _locked(version: PlanVersion, by: Member) -> PlanVersion:
    return PlanVersion.objects.within(by.agency).select_for_update().get(pk=version.pk)


@transaction.atomic
def draft(
    *,
    text: str,
    hourly_rate: Decimal,
    daily_cap: Decimal | None,
    due_days: int,
    rates: Mapping[WorkKind, RateGiven] = NO_RATES,
    starter: str = "",
    by: Member,
) -> PlanVersion:
    """Write a new version of the plan.

    `rates`: what work other than meetings is paid. `starter`: the language of the starter text that
    it began from, if it did.
    """
    enforce(rules.managing_plan(by))
    Agency.objects.select_for_update().get(pk=by.agency_id)
    versions = PlanVersion.objects.within(by.agency)
    last = versions.aggregate(last=Max("number"))["last"] or 0
    version = versions.create(
        number=last + 1,
        text=text,
        hourly_rate=hourly_rate,
        daily_cap=daily_cap,
        due_days=due_days,
        drafted_by=by,
    )
    _set_rates(version, rates)
    events.record("payment_plan.drafted", version, by=by)
    if starter:
        events.record("payment_plan.begun_from_starter", version, by=by, language=starter)
    return version


@transaction.atomic
def edit(
    version: PlanVersion,
    *,
    text: str,
    hourly_rate: Decimal,
    daily_cap: Decimal | None,
    due_days: int,
    rates: Mapping[WorkKind, RateGiven] = NO_RATES,
    seen: int,
    by: Member,
) -> PlanVersion:
    """Change a draft; `seen` is the edit version that the person last saw.

    Raises ValidationError if somebody else changed it meanwhile.
    """
    version = _locked(version, by)
    enforce(rules.editing_plan(version, by))
    if version.version != seen:
        raise ValidationError(
            _("Somebody changed this plan while you were writing. Look at it, then save again.")
        )
    version.text, version.hourly_rate = text, hourly_rate
    version.daily_cap, version.due_days = daily_cap, due_days
    version.version += 1
    version.save()
    _set_rates(version, rates)
    events.record("payment_plan.edited", version, by=by)
    return version


def _set_rates(version: PlanVersion, rates: Mapping[WorkKind, RateGiven]) -> None:
    """Give the draft these rates; work that is left out is paid nothing of its own."""
    rules = RateRule.objects.within(version.agency).filter(plan=version)
    held = {rule.work: rule for rule in rules}
    for work in held.keys() - rates.keys():
        if held[work].amount is not None:
            held[work].amount = None
            held[work].save(update_fields=["amount"])
    for work, (amount, basis, *ahead) in rates.items():
        rule = held.get(work) or RateRule(agency=version.agency, plan=version, work=work)
        rule.amount, rule.basis, rule.hours_ahead = amount, basis, next(iter(ahead), None)
        rule.save()


@transaction.atomic
def put_in_force(
    version: PlanVersion, *, on: date, text: str, asked: Member, by: Member
) -> PlanVersion:
    """Record the paper by which a draft is in force for the founding once `asked` confirms it.

    Asking somebody else replaces who was asked. Raises ValidationError: a future day, no text, the
    same person twice.
    """
    version, in_force = _with_plan_in_force(version, by)
    today = by.agency.today()
    enforce(rules.putting_in_force(version, by, on=today, in_force=in_force))
    mistakes = {}
    if on > today:
        mistakes["on"] = _("Choose today or a day in the past.")
    if not text.strip():
        mistakes["text"] = _("Copy what the paper says.")
    if asked.pk == by.pk:
        mistakes["asked"] = _("Choose somebody else: two people confirm it.")
    if mistakes:
        raise ValidationError(mistakes)
    version.paper_on, version.paper_text = on, text.strip()
    version.put_by, version.put_on, version.asked = by, today, asked
    version.save()
    events.record("payment_plan.put", version, by=by)
    asked.agency = by.agency
    tell(asked, "payment_plan.put", subject=version)
    return version


@transaction.atomic
def attest(version: PlanVersion, *, by: Member) -> PlanVersion:
    """Confirm the paper: from today the version is in force until the founding ends."""
    version, before = _with_plan_in_force(version, by)
    today = by.agency.today()
    enforce(rules.attesting(version, by, on=today, in_force=before))
    if before is not None:
        before.until = today
        before.save(update_fields=["until"])
    version.since = version.attested_on = today
    version.until = min(
        filter(None, (founding.founding(by.agency).over, _next_since(version, today)))
    )
    version.save()
    events.record("payment_plan.attested", version, by=by)
    settle_overtaken_plans(by.agency, by=by)
    return version


@transaction.atomic
def deny(version: PlanVersion, *, by: Member) -> PlanVersion:
    """Say that it was not decided so: the version stays a draft, and whoever put it is told."""
    version = _locked(version, by)
    enforce(rules.answering_paper(version, by))
    put_by = version.put_by
    assert put_by is not None
    version.paper_on, version.paper_text = None, ""
    version.put_by, version.put_on, version.asked = None, None, None
    version.save()
    events.record("payment_plan.denied", version, by=by)
    put_by.agency = by.agency
    tell(put_by, "payment_plan.denied", subject=version)
    return version


def _with_plan_in_force(version: PlanVersion, by: Member) -> tuple[PlanVersion, PlanVersion | None]:
    """Both locked; the agency's row keeps two plans from being put in force at once."""
    Agency.objects.select_for_update().get(pk=by.agency_id)
    rows = PlanVersion.objects.within(by.agency)
    before = rows.in_force(by.agency.today()).select_for_update().first()
    return _locked(version, by), before


def _next_since(version: PlanVersion, on: date) -> date | None:
    """When a version that was decided on begins after that day."""
    later = PlanVersion.objects.within(version.agency).filter(since__gt=on)
    first: date | None = later.exclude(pk=version.pk).aggregate(first=Min("since"))["first"]
    return first


@transaction.atomic
def adopt(version: PlanVersion, *, on: date, by: Member) -> PlanVersion:
    """Put the ratified version in force from that day; the previous one ends.

    From that day, everybody seated whose time is not otherwise paid has an offer. Raises
    ValidationError for a day in the past: what was earned keeps its rate.
    """
    version = _locked(version, by)
    enforce(rules.adopting(version, by))
    today = by.agency.today()
    if on < today:
        raise ValidationError({"on": _("Choose today or a later day.")})
    versions = PlanVersion.objects.within(by.agency)
    if versions.filter(since__gte=on).exists():
        raise ValidationError({"on": _("Another version begins on that day or later.")})
    for before in versions.in_force(on).select_for_update():
        if on == today and rules.pays_less(version, before):
            raise ValidationError(
                {"on": _("It pays less than before, so it starts tomorrow or later.")}
            )
        before.until = on
        before.save(update_fields=["until"])
    version.since = on
    version.save(update_fields=["since"])
    events.record("payment_plan.adopted", version, by=by)
    if on == today:
        settle_overtaken_plans(by.agency, by=by)
    return version


@transaction.atomic
def settle_overtaken_plans(agency: Agency, *, by: Member | None) -> None:
    """Stop asking anybody to ratify or review a version that another one has replaced."""
    settle_overtaken(
        agency,
        subject_type=PlanVersion.subject_code,
        subjects=overtaken(
            PlanVersion.objects.within(agency), Decision.objects.within(agency), agency.today()
        ).values_list("pk", flat=True),
        by=by,
    )


def overtaken(
    versions: PlanVersionQuerySet, decisions: DecisionQuerySet, on: date
) -> PlanVersionQuerySet:
    """Versions over by that day whose ratification is still being asked for."""
    return versions.filter(until__lte=on, ratification__in=decisions.waited_for())


@transaction.atomic
def seek_ratification(version: PlanVersion, *, by: Member) -> Decision:
    """Ask the oversight committee to ratify the version and its rate.

    Raises ValidationError while there is no committee.
    """
    version = _locked(version, by)
    enforce(rules.seeking_ratification(version, by))
    ratifying = committee(by.agency, by.agency.today())
    if ratifying is None:
        raise ValidationError(_("Set up the oversight committee first."))
    version.ratification = propose(
        ratifying,
        title=_ratifying(version),
        text=version.text,
        subject=version,
        fixed=True,
        by=by,
    )
    version.save(update_fields=["ratification"])
    events.record("payment_plan.proposed", version, by=by)
    return version.ratification


def _ratifying(version: PlanVersion) -> str:
    """The title of the question; the rates themselves stand on the page it leads to."""
    others = RateRule.objects.within(version.agency).paying().filter(plan=version).count()
    if not others:
        said = _("Ratify payment plan %(number)d: $%(rate)s an hour")
    else:
        said = ngettext(
            "Ratify payment plan %(number)d: $%(rate)s an hour, and %(others)d other rate",
            "Ratify payment plan %(number)d: $%(rate)s an hour, and %(others)d other rates",
            others,
        )
    return said % {"number": version.number, "rate": version.hourly_rate, "others": others}


@transaction.atomic
def record_ratification(version: PlanVersion, decision: Decision, *, adopted: bool) -> None:
    """Record the committee's decision: ratified if as many consumers agreed as make a quorum.

    That all of them are paid by it is no conflict: it is the interest of a whole class.
    """
    versions = PlanVersion.objects.within(version.agency).select_for_update()
    version = versions.get(pk=version.pk)
    assert decision.decided_on is not None
    seats = voters(decision, decision.decided_on)
    agreeing = sum(
        seat.is_consumer and position.choice in {PositionChoice.AGREE, PositionChoice.RESERVATIONS}
        for position, seat in counted(decision, seats)
    )
    seated = sum(each.is_consumer for each in seats.values())
    asked = asked_of(decision.group.kind, version.agency, decision.decided_on)
    if adopted and agreeing >= consumers_needed(seated, asked.consumers):
        version.ratified_on = decision.decided_on
        today = version.agency.today()
        # What two people put in force for the founding now lasts, unless it has ended.
        if version.provisional and version.holds(today):
            version.until = _next_since(version, today)
    else:
        version.ratification = None
    version.save(update_fields=["ratified_on", "ratification", "until"])
    if version.ratified_on:
        events.record("payment_plan.ratified", version, by=None)
