"""One number on the page after a meeting: the one that is due for the group's first measure."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from foundation import keys
from foundation.addresses import at
from foundation.forms import PlainForm
from foundation.presenting import PageLink
from foundation.refusals import Refusal
from foundation.widgets import HiddenInput
from groups import meeting_parts
from groups.models import Meeting
from measures.definitions import periods
from measures.definitions.models import Measure, MeasureQuerySet
from measures.numbers import actions, expected_numbers, rules, validation
from measures.numbers.finding import past_results
from measures.numbers.forms import NumberForm
from measures.numbers.models import DataPoint

PREFIX = "number"


class AfterNumberForm(NumberForm):
    """The number of the period that waits; empty boxes mean that it comes later."""

    submission = None  # type: ignore[assignment]
    # The measure that was shown; it may have its number by now, and another one waits.
    of = forms.CharField(max_length=keys.LENGTH, widget=HiddenInput)

    @property
    def is_missing(self) -> bool:
        sent = (self.data.get(self.add_prefix(name), "") for name in self.numbers)
        return not any(str(each).strip() for each in sent)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_missing and "period" not in self.errors:
            # It is this period's number, whatever else was sent.
            cleaned["period"] = self.initial["period"]
        if not self.is_missing and not any(name in self.errors for name in self.numbers):
            # Here the review comes before the number is recorded.
            for name, said in validation.wrong(self.measure, *self._given).items():
                self.add_error(name, said)
        return cleaned


def _build(meeting: Meeting, by: Member, sent: Any) -> AfterNumberForm | None:
    """The measure and period that the page showed, or those that wait: a few queries, flat."""
    found = _waiting(meeting, by) if sent is None else _asked(meeting, by, sent)
    if found is None:
        return None
    measure, period = found
    return AfterNumberForm(
        sent,
        prefix=PREFIX,
        measure=measure,
        # Only what was sent is compared with the past.
        past=[] if sent is None else past_results(measure, period),
        initial={"period": period, "of": keys.code_of(measure)},
    )


def _asked(meeting: Meeting, by: Member, sent: Any) -> tuple[Measure, date] | None:
    """What the page asked for, even if somebody has recorded it since: saving says so then."""
    key = keys.key(Measure.subject_code, sent.get(f"{PREFIX}-of", ""))
    try:
        period = parse_date(sent.get(f"{PREFIX}-period", ""))
    except ValueError:
        period = None
    if key is None or period is None or not periods.is_meant(period.year):
        return None
    measure = _of_group(meeting).filter(pk=key).first()
    if measure is None or not _may_record(measure, meeting, by):
        return None
    return measure, periods.period_of(measure.frequency, period)


def _of_group(meeting: Meeting) -> MeasureQuerySet:
    rows = Measure.objects.within(meeting.agency).in_use().periodic()
    return rows.filter(owner=meeting.group_id).order_by("pk")


def _may_record(measure: Measure, meeting: Meeting, by: Member) -> bool:
    measure.agency, measure.owner = meeting.agency, meeting.group
    return rules.recording(measure, by) is None


def _waiting(meeting: Meeting, by: Member) -> tuple[Measure, date] | None:
    """The group's first measure that waits for a number, and the oldest period that lacks it."""
    today = meeting.agency.today()
    measures = [each for each in _of_group(meeting) if _may_record(each, meeting, by)]
    if not measures:
        return None
    since = min(_looked_back(measure, today) for measure in measures)
    points = DataPoint.objects.within(meeting.agency).filter(measure__in=measures)
    there: dict[int, set[date]] = {measure.pk: set() for measure in measures}
    for key, period in points.filter(period__gte=since).values_list("measure", "period"):
        there[key].add(period)
    for measure in measures:
        waited = expected_numbers.awaited(measure, there[measure.pk], today)
        if waited:
            return measure, waited[0].period
    return None


def _looked_back(measure: Measure, today: date) -> date:
    period = periods.latest(measure.frequency, today)
    for _step in range(expected_numbers.LOOKED_BACK):
        period = periods.before(measure.frequency, period)
    return period


def _of(form: PlainForm) -> AfterNumberForm:
    assert isinstance(form, AfterNumberForm)
    return form


def _about(form: PlainForm) -> str:
    found = _of(form)
    named = periods.named(found.measure.frequency, found.initial["period"])
    return _("%(measure)s, %(period)s") % {"measure": found.measure.name, "period": named}


def _words(form: PlainForm) -> str:
    found = _of(form)
    if found.is_missing:
        return ""
    sent = found.cleaned_data
    values = sent.get("values", [])
    numerator = validation.average(values) or sent.get("numerator")
    said = validation.said(found.measure, numerator, sent.get("denominator"), values)
    return _("%(about)s: %(number)s") % {"about": _about(form), "number": said}


def _save(form: PlainForm, by: Member) -> DataPoint | None:
    found = _of(form)
    if found.is_missing:
        return None
    given = {name: value for name, value in found.answers.items() if name != "of"}
    return actions.record_point(found.measure, **given, by=by)


def _point(key: int, reader: Member) -> DataPoint | None:
    points = DataPoint.objects.within(reader.agency).filter(pk=key)
    point = points.select_related("measure__owner").first()
    if point is not None:
        point.agency = point.measure.agency = point.measure.owner.agency = reader.agency
    return point


def _shown(key: int, reader: Member) -> meeting_parts.RecordedPart | None:
    point = _point(key, reader)
    if point is None:
        return None
    measure = point.measure
    said = validation.said(measure, point.numerator, point.denominator, point.values or ())
    words = {"measure": measure.name, "period": periods.named(measure.frequency, point.period)}
    return meeting_parts.RecordedPart(
        _("%(measure)s, %(period)s: %(number)s") % {**words, "number": said},
        PageLink(_("Correct it"), at(reader.agency, "measures:correct", pk=point.pk)),
    )


def _kept(key: int, by: Member) -> Refusal | None:
    point = _point(key, by)
    return None if point is None else rules.taking_back(point, by)


def _take_back(key: int, by: Member) -> None:
    point = _point(key, by)
    if point is not None:
        actions.take_back_point(point, by=by)


meeting_parts.register(
    meeting_parts.MeetingPart(
        code="number",
        title=gettext_lazy("One number"),
        build=_build,
        about=_about,
        words=_words,
        save=_save,
        shown=_shown,
        kept=_kept,
        take_back=_take_back,
    )
)
