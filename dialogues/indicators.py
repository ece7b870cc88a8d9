"""The fifth indicator: ongoing dialogues, whose themes are dealt with and answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.consumers import with_consumers
from accounts.models import StandingKind
from dialogues.models import Theme, ThemeQuerySet
from dialogues.policies import (
    CONSUMERS,
    DAYS,
    DISPOSITION,
    PROVIDERS,
    REPLY,
    THEME_WARNING,
    WARNING,
)
from groups.models import Group, GroupKind, Meeting, MeetingStatus
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    Evidence,
    Indicator,
    Outcome,
    Settings,
    Unit,
    failed,
    no_data,
    passed,
    register,
)

DAY = timedelta(days=1)
# Nobody needs to know by how many years a dialogue is too long ago.
LOOKED_BACK = timedelta(days=400)


class HeldLately(Criterion):
    """A session counts with two consumers and a provider; nobody is there as both.

    Which session was the last one that counts says of a short list of people what they are.
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
    unit = Unit.DAYS
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
    """A session that does not count took place all the same: where it would be missed, it is said
    why it does not."""
    goal = settings.at(on).number(DAYS)
    since = {} if other is None or other == last else {"held": (on - other[0]).days}
    also = () if other is None or other == last else (Evidence("groups.meeting", other[1]),)
    if last is None:
        return failed("uncounted" if since else "never", goal=goal, evidence=also, **since)
    held, pk = last
    days = (on - held).days
    # Also where many were there: that a session with few does not count tells as much.
    evidence = (Evidence("groups.meeting", pk, small=True),)
    if days > goal:
        code = "long_ago_since" if since else "long_ago"
        return failed(
            code, value=days, goal=goal, evidence=evidence + also, days=days, most=goal, **since
        )
    lapses = held + timedelta(days=goal) + DAY
    return passed("lately", value=days, goal=goal, evidence=evidence, lapses=lapses, days=days)


class ThemesAnswered(Criterion):
    code = "answered"
    title = _("What was heard is dealt with and answered in time")
    todo = _("Say what becomes of the themes listed here, and reply to those who said it.")
    messages = {
        "in_time": _("No theme is overdue. Themes so far: %(themes)d."),
        "overdue": _(
            "Themes not dealt with in time: %(undisposed)d. Themes without a reply in time: "
            "%(unanswered)d."
        ),
        "none": _("No theme was written down yet."),
    }
    where = "dialogues:dialogues"
    unit = Unit.COUNT

    def warning(self, settings: Settings) -> int:
        return settings.number(THEME_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        themes = Theme.objects.across(agencies)
        counted = dict(
            themes.filter(harvested_on__lte=on)
            .order_by()
            .values("agency_id")
            .annotate(themes=Count("pk"))
            .values_list("agency_id", "themes")
        )
        undisposed = _harvested(themes.undisposed(on))
        unanswered = _harvested(themes.unanswered(on))
        return {
            agency: foreseen(
                on,
                partial(
                    _answered,
                    counted[agency],
                    undisposed[agency],
                    unanswered[agency],
                    settings[agency],
                ),
                settings=settings[agency],
            )
            if agency in counted
            else no_data("none")
            for agency in agencies
        }


Due = list[tuple[date, int]]


def _harvested(themes: ThemeQuerySet) -> defaultdict[int, Due]:
    found: defaultdict[int, Due] = defaultdict(list)
    for agency, day, pk in themes.values_list("agency_id", "harvested_on", "pk"):
        found[agency].append((day, pk))
    return found


def _due(harvested: Due, days: int) -> Due:
    """The first day on which each is overdue."""
    return [(day + timedelta(days=days) + DAY, pk) for day, pk in harvested]


def _answered(
    themes: int, without_word: Due, without_reply: Due, settings: Settings, on: date
) -> Outcome:
    now = settings.at(on)
    undisposed = _due(without_word, now.number(DISPOSITION))
    unanswered = _due(without_reply, now.number(REPLY))
    late = [[pk for day, pk in due if day <= on] for due in (undisposed, unanswered)]
    overdue = sorted({*late[0], *late[1]})
    if overdue:
        return failed(
            "overdue",
            value=len(overdue),
            goal=0,
            evidence=[Evidence("dialogues.theme", pk) for pk in overdue],
            undisposed=len(late[0]),
            unanswered=len(late[1]),
        )
    lapses = min((day for day, _pk in [*undisposed, *unanswered]), default=None)
    return passed("in_time", value=0, goal=0, lapses=lapses, themes=themes)


register(
    Indicator(
        number=5,
        code="dialogues",
        title=_("Consumers and providers keep talking with each other"),
        why=_(
            "What recovery takes is learned from each other, again and again. And whoever says "
            "something must hear what came of it."
        ),
        criteria=(HeldLately(), ThemesAnswered()),
        settings=(DAYS, WARNING, DISPOSITION, REPLY, THEME_WARNING),
        headline="held",
    )
)
