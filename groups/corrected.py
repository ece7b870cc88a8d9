"""Past days that were changed by late entries about seats and groups."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from accounts.leaves import Leave
from foundation.models import Agency
from groups.models import Attendance, Closure, LateEnd, OfferState, PaperRecord, SeatOffer
from indicators.corrections import Corrected


def corrected(agency: Agency, day: date) -> Iterator[Corrected]:
    """Late entries that change a day: seats, leaves and groups; 4 queries.

    That is seats entered or ended late, also by a late leave, and groups, also reopened ones.
    """
    ends = LateEnd.objects.within(agency).filter(on__lte=day, entered_on__gt=day)
    for on, by in ends.values_list("entered_on", "by__shown_name"):
        yield Corrected(on, by)
    closures = Closure.objects.within(agency).corrections_of(day)
    for back, by in closures.values_list("taken_back_on", "taken_back_by__shown_name"):
        if back is not None:
            yield Corrected(back, by)
    seats = SeatOffer.objects.within(agency).exclude(late_reason="")
    seats = seats.filter(state=OfferState.ACCEPTED, since__lte=day, answered_on__gt=day)
    for answered_on, by in seats.values_list("answered_on", "offered_by__shown_name"):
        if answered_on is not None:
            yield Corrected(answered_on, by)
    leaves = Leave.objects.within(agency).corrections_of(day)
    for leave in leaves.select_related("by", "taken_back_by"):
        back = leave.taken_back_on
        by = leave.taken_back_by if back is not None else leave.by
        yield Corrected(back or leave.entered_on, by.shown_name if by is not None else "")


def written_down_later(agency: Agency, day: date) -> Iterator[Corrected]:
    """Attendance and paper decisions of that day or before, recorded or voided later; 2 queries."""
    ended = datetime.combine(day + timedelta(days=1), time.min, tzinfo=agency.zone)
    came = Attendance.objects.with_voided(agency).filter(meeting__on__lte=day)
    late = came.filter(Q(recorded_at__gte=ended) | Q(voided_on__gt=day))
    for recorded_at, by, voided_on, voided_by in late.values_list(
        "recorded_at", "recorded_by__shown_name", "voided_on", "voided_by__shown_name"
    ):
        if recorded_at >= ended:
            yield Corrected(agency.date_of(recorded_at), by)
        if voided_on is not None and voided_on > day:
            yield Corrected(voided_on, voided_by or "")
    papers = PaperRecord.objects.within(agency)
    papers = papers.filter(decision__decided_on__lte=day, counts_since__gt=day)
    for counts_since, attested_by, recorded_by in papers.values_list(
        "counts_since", "attested_by__shown_name", "recorded_by__shown_name"
    ):
        if counts_since is not None:
            yield Corrected(counts_since, attested_by or recorded_by)
