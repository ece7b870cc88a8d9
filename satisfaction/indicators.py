"""The sixth indicator: consumers are asked what taking part is like, and enough of them answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import StandingKind
from groups.models import Attendance, Seat
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
from satisfaction.models import Side, SurveyInvitation, SurveyRound
from satisfaction.participants import Part, parts, who_took_part
from satisfaction.policies import ANSWERS, MONTHS, POOLED, RESPONSE, SMALL

A_YEAR = 12  # months
MOST_MONTHS = 24


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last one of that month."""
    year, month = divmod(day.year * A_YEAR + day.month - 1 + months, A_YEAR)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass
class Asked:
    """What is on record of one agency's surveys on a day."""

    rounds: list[SurveyRound] = field(default_factory=list)
    """Closed ones, the last one first."""
    invited: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    took_part: list[Part] = field(default_factory=list)

    def missed(self, round_: SurveyRound) -> int:
        """How many consumers took part in the round's time and were not asked."""
        sides = who_took_part(self.took_part, round_.since, round_.until, members_on=round_.opens)
        consumers = {member for member, side in sides.items() if side == Side.CONSUMER}
        return len(consumers - self.invited[round_.pk])

    def lately(self, on: date, months: int) -> list[SurveyRound]:
        """The rounds that were closed in the last months."""
        return [each for each in self.rounds if _lapses(each, months) > on]


def _lapses(round_: SurveyRound, months: int) -> date:
    """The first day on which a closed round is too long ago."""
    assert round_.closed_on is not None
    return months_later(round_.closed_on, months) + timedelta(days=1)


def asked(agencies: Sequence[int], on: date) -> dict[int, Asked]:
    """In four queries for all agencies."""
    found: dict[int, Asked] = defaultdict(Asked)
    rounds = SurveyRound.objects.across(agencies).closed(on)
    rounds = rounds.filter(closed_on__gt=months_later(on, -MOST_MONTHS - 1))
    keys = []
    for each in rounds.order_by("-closed_on", "-pk"):
        found[each.agency_id].rounds.append(each)
        keys.append(each.pk)
    invitations = SurveyInvitation.objects.across(agencies).filter(round__in=keys)
    for agency, round_id, member in invitations.values_list("agency_id", "round_id", "member_id"):
        found[agency].invited[round_id].add(member)
    consumer = StandingKind.PRIMARY_CONSUMER
    seats = Seat.objects.across(agencies).filter(standing=consumer, since__lte=on)
    attendances = Attendance.objects.across(agencies).filter(standing=consumer, meeting__on__lte=on)
    for part in parts(seats, attendances):
        found[part.agency_id].took_part.append(part)
    return found


class EveryoneAsked(Criterion):
    code = "asked"
    title = _("Every consumer who took part was asked lately")
    todo = _("Start a survey about the time since the last one. It asks all who took part.")
    messages = {
        "asked": _("Every consumer who took part was asked. Days since it closed: %(days)d."),
        "missed": _("Consumers who took part and were not asked in the last survey: %(missed)d."),
        "long_ago": _("No survey was closed in the last %(months)d months."),
        "nobody": _("No consumer has taken part yet."),
    }
    where = "satisfaction:rounds"
    unit = Unit.DAYS
    window = 30

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        found = asked(agencies, on)
        return {
            agency: _everyone_asked(found[agency], on, settings[agency].number(MONTHS))
            for agency in agencies
        }


def _everyone_asked(found: Asked, on: date, months: int) -> Outcome:
    lately = found.lately(on, months)
    for each in lately:
        if found.missed(each) == 0:
            assert each.closed_on is not None
            return passed(
                "asked",
                value=(on - each.closed_on).days,
                evidence=[_evidence(each)],
                lapses=_lapses(each, months),
                days=(on - each.closed_on).days,
            )
    if lately:
        return failed("missed", evidence=[_evidence(lately[0])], missed=found.missed(lately[0]))
    since = months_later(on, -months)
    if not any(part.within(since, on + timedelta(days=1)) for part in found.took_part):
        return no_data("nobody")
    return failed("long_ago", months=months)


class EnoughAnswered(Criterion):
    """Of few consumers the rounds of a year count together, to reach five answers."""

    code = "answered"
    title = _("Enough of the consumers who were asked answered")
    todo = _("Remind people, offer it on paper, and say what came of the last survey.")
    messages = {
        "enough": _("Of the consumers who were asked, %(percent)d in 100 answered."),
        "too_few": _(
            "Of the consumers who were asked, %(percent)d in 100 answered. It should be %(least)d."
        ),
        "below": _("Fewer than %(answers)d consumers answered, so no result can be shown."),
        "small": _("Few consumers take part: fewer than %(answers)d answers in a year so far."),
        "none": _("No survey was closed lately."),
    }
    where = "satisfaction:rounds"
    unit = Unit.PERCENT
    measure = _("of those asked have answered")

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        found = asked(agencies, on)
        return {
            agency: _enough_answered(found[agency], on, settings[agency]) for agency in agencies
        }


def _enough_answered(found: Asked, on: date, settings: Settings) -> Outcome:
    lately = found.lately(on, settings.number(MONTHS))
    if not lately:
        return no_data("none", goal=settings.number(RESPONSE))
    # The one by which the other criterion holds, if any.
    rounds = [next((each for each in lately if found.missed(each) == 0), lately[0])]
    small = (rounds[0].consumers_invited or 0) < settings.number(SMALL)
    if small:
        rounds = found.lately(on, settings.number(POOLED))
    invited = sum(each.consumers_invited or 0 for each in rounds)
    answered = sum(each.consumers_answered or 0 for each in rounds)
    evidence = [_evidence(each) for each in rounds]
    goal = settings.number(RESPONSE)
    percent = 100 * answered // invited if invited else 0
    if answered < settings.number(ANSWERS):
        if small:
            return no_data("small", evidence=evidence, answers=settings.number(ANSWERS))
        return failed(
            "below",
            value=percent,
            goal=goal,
            evidence=evidence,
            answers=settings.number(ANSWERS),
        )
    if 100 * answered < goal * invited:
        return failed(
            "too_few", value=percent, goal=goal, evidence=evidence, percent=percent, least=goal
        )
    return passed("enough", value=percent, goal=goal, evidence=evidence, percent=percent)


def _evidence(round_: SurveyRound) -> Evidence:
    return Evidence("satisfaction.surveyround", round_.pk)


register(
    Indicator(
        number=6,
        code="satisfaction",
        title=_("Consumers say what taking part is like, and it is measured"),
        why=_(
            "Whoever asks people to take part must know if they are heard, respected, paid "
            "and safe. Only those who take part can say so."
        ),
        criteria=(EveryoneAsked(), EnoughAnswered()),
        settings=(MONTHS, RESPONSE, ANSWERS, SMALL, POOLED),
        headline="answered",
    )
)
