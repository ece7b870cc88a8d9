"""The only write path for an agency's own indicators."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from foundation import events
from foundation.edits import required, same
from foundation.models import TenantQuerySet
from foundation.refusals import enforce
from indicators.rules import backdating
from measures.definitions.models import Measure
from measures.local import counting, rules
from measures.local.models import LocalAttestation, LocalIndicator, LocalSource, LocalVersion

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class LocalFields(TypedDict):
    """What an indicator means: all that a version says of it, whether its source needs it or not.

    `goal` is in the units of the measure, or a number of records of the kind `counted`; `months`
    says over how many they are counted, or how long a word of somebody counts.
    """

    name: str
    definition: str
    source: str
    measure: Measure | None
    counted: str
    direction: str
    goal: Decimal | None
    months: int | None
    readers: str


def fields_of(version: LocalVersion) -> LocalFields:
    """What a version says."""
    return {
        "name": version.name,
        "definition": version.definition,
        "source": version.source,
        "measure": version.measure,
        "counted": version.counted,
        "direction": version.direction,
        "goal": version.goal,
        "months": version.months,
        "readers": version.readers,
    }


def _fitting(by: Member, fields: LocalFields) -> LocalFields:
    """The fields that the source needs, and nothing else; ValidationError for what is missing."""
    required(name=fields["name"], definition=fields["definition"])
    found: LocalFields = {
        **fields,
        "name": fields["name"].strip(),
        "definition": fields["definition"].strip(),
    }
    source = LocalSource(fields["source"])
    _complete(found, NEEDED[source])
    measure = found["measure"]
    if source == LocalSource.MEASURE:
        if measure is None or not offered(by).filter(pk=measure.pk).exists():
            raise ValidationError({"measure": _("Choose a measure that everybody may see.")})
        return {**found, "counted": "", "months": None}
    if source == LocalSource.RECORDS:
        if found["counted"] not in dict(counting.choices()):
            raise ValidationError({"counted": _("Choose one of these.")})
        if found["goal"] is not None and found["goal"] % 1:
            raise ValidationError({"goal": _("Give a whole number of records.")})
        return {**found, "measure": None}
    return {**found, "measure": None, "counted": "", "direction": "", "goal": None}


# Which answers each source needs, and what to say without one.
NEEDED: dict[LocalSource, dict[str, "StrPromise"]] = {
    LocalSource.MEASURE: {
        "measure": _lazy("Say which measure."),
        "direction": _lazy("Say when it is met."),
        "goal": _lazy("Say which number is the goal."),
    },
    LocalSource.RECORDS: {
        "counted": _lazy("Say what is counted."),
        "direction": _lazy("Say when it is met."),
        "goal": _lazy("Say which number is the goal."),
        "months": _lazy("Say over how many months they are counted."),
    },
    LocalSource.ATTESTED: {"months": _lazy("Say for how many months it counts.")},
}


def _complete(fields: LocalFields, needed: dict[str, "StrPromise"]) -> None:
    """ValidationError with a sentence for each answer that is missing."""
    given: dict[str, object] = {**fields, "months": fields["months"] or None}
    missing = {name: words for name, words in needed.items() if given[name] in (None, "")}
    if missing:
        raise ValidationError({name: str(words) for name, words in missing.items()})


def offered(by: Member) -> TenantQuerySet[Measure]:
    """Measures that an indicator can rest on: in use, with periods, of groups that all may know."""
    rows = Measure.objects.within(by.agency).periodic().in_use()
    return rows.filter(owner__hidden=False).order_by("name")


def _locked(indicator: LocalIndicator, by: Member) -> LocalIndicator:
    return LocalIndicator.objects.within(by.agency).select_for_update().get(pk=indicator.pk)


def _again(version: LocalVersion, by: Member) -> LocalVersion:
    """The current row, with its indicator locked."""
    indicator = _locked(version.indicator, by)
    found = LocalVersion.objects.within(by.agency).select_related("measure").get(pk=version.pk)
    found.indicator = indicator
    return found


@transaction.atomic
def define(*, by: Member, **fields: Unpack[LocalFields]) -> LocalVersion:
    """Begin an indicator with a draft of its first version."""
    enforce(rules.defining(by))
    fitting = _fitting(by, fields)
    indicator = LocalIndicator.objects.within(by.agency).create(
        begun_by=by, begun_on=by.agency.today()
    )
    version: LocalVersion = indicator.versions.create(
        agency=by.agency, number=1, drafted_by=by, **fitting
    )
    events.record("local_indicator.begun", indicator, by=by)
    return version


@transaction.atomic
def redefine(
    indicator: LocalIndicator, *, by: Member, **fields: Unpack[LocalFields]
) -> LocalVersion:
    """Begin a new version of an indicator. ValidationError while another draft is open."""
    indicator = _locked(indicator, by)
    enforce(rules.redefining(indicator, by))
    rows = LocalVersion.objects.within(by.agency).filter(indicator=indicator)
    if rows.filter(published_on=None).exists():
        raise ValidationError(_("There is a draft already. Change that one."))
    latest: int = rows.aggregate(latest=Max("number"))["latest"] or 0
    version: LocalVersion = indicator.versions.create(
        agency=by.agency, number=latest + 1, drafted_by=by, **_fitting(by, fields)
    )
    events.record("local_indicator.changed", indicator, by=by, number=version.number)
    return version


@transaction.atomic
def edit(
    version: LocalVersion, *, by: Member, seen: int | None = None, **fields: Unpack[LocalFields]
) -> LocalVersion:
    """Change a draft; it has to be tested again. `seen`: the edit version that `by` last saw."""
    version = _again(version, by)
    enforce(rules.editing(version, by))
    same(version, seen)
    for name, value in _fitting(by, fields).items():
        setattr(version, name, value)
    version.version += 1
    version.tested_on = version.tested_version = None
    version.save()
    events.record("local_indicator.changed", version.indicator, by=by, number=version.number)
    return version


@transaction.atomic
def confirm_test(version: LocalVersion, *, by: Member, seen: int) -> LocalVersion:
    """Somebody looked at what the draft says on real data, and it is what they mean."""
    version = _again(version, by)
    enforce(rules.editing(version, by))
    same(version, seen)
    version.tested_on, version.tested_version = by.agency.today(), version.version
    version.save(update_fields=["tested_on", "tested_version"])
    events.record("local_indicator.tested", version.indicator, by=by, number=version.number)
    return version


@transaction.atomic
def publish(version: LocalVersion, *, since: date, reason: str, by: Member) -> LocalVersion:
    """Let a tested draft count from `since` on (today or later); earlier days stay as they were."""
    version = _again(version, by)
    enforce(rules.publishing(version, by))
    required(reason=reason)
    if mistake := backdating(since, by.agency.today()):
        raise ValidationError({"since": mistake})
    version.since, version.reason = since, reason.strip()
    version.published_by, version.published_on = by, by.agency.today()
    version.save(update_fields=["since", "reason", "published_by", "published_on"])
    events.record("local_indicator.published", version.indicator, by=by, number=version.number)
    return version


@transaction.atomic
def attest(
    indicator: LocalIndicator, *, holds: bool, evidence: str, by: Member
) -> LocalAttestation:
    """Write down, by name, whether an indicator holds, and on what that rests."""
    indicator = _locked(indicator, by)
    today = by.agency.today()
    rows = LocalVersion.objects.within(by.agency).filter(indicator=indicator)
    enforce(rules.attesting(indicator, rows.in_force(today).first(), by))
    required(evidence=evidence)
    word: LocalAttestation = indicator.attestations.create(
        agency=by.agency, holds=holds, evidence=evidence.strip(), by=by, on=today
    )
    events.record("local_indicator.attested", indicator, by=by)
    return word


@transaction.atomic
def retire(indicator: LocalIndicator, *, reason: str, by: Member) -> LocalIndicator:
    """Let it count no more from today on; its versions and earlier days stay."""
    indicator = _locked(indicator, by)
    enforce(rules.redefining(indicator, by))
    required(reason=reason)
    indicator.retired_on, indicator.retired_by = by.agency.today(), by
    indicator.retired_because = reason.strip()
    indicator.save()
    events.record("local_indicator.retired", indicator, by=by)
    return indicator
