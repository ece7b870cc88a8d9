"""For the fifth indicator: consumers and providers met in a dialogue lately."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.consumers import with_consumers
from accounts.models import StandingKind
from dialogues.policies import CONSUMERS, DAYS, PROVIDERS, WARNING
from groups.models import Group, GroupKind, Meeting, MeetingStatus
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    CriterionUnit,
    DaysSince,
    Evidence,
    Outcome,
    Settings,
    failed,
    no_data,
    passed,
)

DAY = timedelta(days=1)
# How far back to look; nobody needs to know by how many years a dialogue is overdue.
LOOKED_BACK = timedelta(days=400)


class HeldLately(Criterion):
    """A session counts with two consumers and a provider; nobody counts as both.

    Knowing which session last counted would reveal the standings of a short list of people.
    """

    code = "held"
    discreet = True
    title = _("Consumers and providers met in a dialogue lately")
    todo = _("Plan a session with enough consumers and a provider, and hold it.")
    messages = {
        "lately": _("Days since the last session: %(days)d."),
        "long_ago": _("The last session was %(days)d days ago. It should be at most %(most)d."),
        "long_ago_since": _(
            "The last session was %(days)d days ago. It should be at most %(most)d. A session was "
            "held %(held)d days ago. It does not count: too few of the two sides are on record."
        ),
        "never": _("No session with enough consumers and a provider was held yet."),
        "fresh": _("Nobody takes part as a consumer yet, and no dialogue is planned."),
        "uncounted": _(
            "A session was held %(held)d days ago. It does not count: too few of the two sides "
            "are on record as having come."
        ),
    }
    where = "dialogues:dialogues"
    unit = CriterionUnit.DAYS
    measure = _("since the last one")
    at_most = True

    def warning(self, settings: Settings) -> int:
        return settings.number(WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        stands = Q(attendances__voided_on=None)
        there = stands & Q(attendances__standing=StandingKind.PRIMARY_CONSUMER)
        consumers = there & Q(attendances__employed_peer=False)
        sessions = (
            Meeting.objects.across(agencies)
            .filter(
                group__kind=GroupKind.DIALOGUE,
                status=MeetingStatus.HELD,
                on__lte=on,
                on__gt=on - LOOKED_BACK,
            )
            .annotate(
                consumers=Count("attendances", filter=consumers),
                providers=Count(
                    "attendances", filter=stands & Q(attendances__standing=StandingKind.PROVIDER)
                ),
            )
        )
        held: dict[int, tuple[date, int]] = {}
        counted: dict[int, tuple[date, int]] = {}
        rows = sessions.order_by("on", "pk")
        for agency, day, pk, came, gave in rows.values_list(
            "agency_id", "on", "pk", "consumers", "providers"
        ):
            held[agency] = (day, pk)
            if came >= CONSUMERS.value and gave >= PROVIDERS.value:
                counted[agency] = (day, pk)
        begun = Group.objects.across(agencies).filter(kind=GroupKind.DIALOGUE, opened__lte=on)
        expected = with_consumers(agencies, on).union(begun.values_list("agency_id", flat=True))
        return {
            agency: no_data("fresh", goal=settings[agency].number(DAYS))
            if agency not in expected
            else foreseen(
                on,
                partial(_held, counted.get(agency), held.get(agency), settings[agency]),
                settings=settings[agency],
            )
            for agency in agencies
        }


def _held(
    last: tuple[date, int] | None,
    other: tuple[date, int] | None,
    settings: Settings,
    on: date,
) -> Outcome:
    """Explain why a recent session does not count, rather than call it missing."""
    goal = settings.at(on).number(DAYS)
    since = {} if other is None or other == last else {"held": DaysSince(other[0], on)}
    also = () if other is None or other == last else (Evidence("meeting", other[1]),)
    if last is None:
        return failed("uncounted" if since else "never", goal=goal, evidence=also, **since)
    held, pk = last
    days = DaysSince(held, on)
    # Small even for a large session: that it does not count reveals standings, too.
    evidence = (Evidence("meeting", pk, small=True),)
    if days > goal:
        code = "long_ago_since" if since else "long_ago"
        return failed(
            code, value=days, goal=goal, evidence=evidence + also, days=days, most=goal, **since
        )
    lapses = held + timedelta(days=goal) + DAY
    return passed("lately", value=days, goal=goal, evidence=evidence, lapses=lapses, days=days)
