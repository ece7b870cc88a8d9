"""A stage that nobody acts on is told to the board's chair, once."""

from django.db import transaction

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from groups.models import GroupKind, Office, Seat
from notifications.actions import tell
from oversight.models import Recommendation
from oversight.policies import ESCALATE_DAYS


def chairs_of_the_board(agency: Agency) -> list[Member]:
    """Who chairs the governing body today; one query."""
    seats = (
        Seat.objects.within(agency)
        .on(agency.today())
        .filter(
            group__kind=GroupKind.GOVERNING_BODY,
            group__closed=None,
            office__in=(Office.CHAIR, Office.CO_CHAIR),
        )
    )
    return [seat.member for seat in seats.select_related("member__user").order_by("pk")]


@transaction.atomic
def escalate(recommendation: Recommendation) -> bool:
    """Tell the board's chair of a stage that is long overdue; whether it was told now.

    Once for each stage. Without a chair it waits until there is one.
    """
    agency = recommendation.agency
    rows = Recommendation.objects.within(agency).select_for_update(of=("self",))
    found = rows.get(pk=recommendation.pk)
    found.agency = agency
    today = agency.today()
    late_since = today - ESCALATE_DAYS.span(agency, today)
    if found.stage_due is None or found.escalated_on is not None or found.stage_due >= late_since:
        return False
    chairs = chairs_of_the_board(agency)
    if not chairs:
        return False
    for member in chairs:
        member.agency = agency
        tell(member, "recommendation.escalated", subject=found)
    found.escalated_on = today
    found.version += 1
    found.save()
    events.record("recommendation.escalated", found, by=None)
    return True
