"""The sixth indicator: consumers are asked what taking part is like, and enough answer.

Everyone who took part is asked, so that being asked reveals nobody's standing; only the answers say
who is a consumer. People who would rather not say do not count as consumers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.months import months_later
from foundation.once import once
from foundation.smallness import percent
from groups.as_known import KnownSeats
from groups.models import Attendance, Seat
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    CriterionUnit,
    DaysSince,
    Evidence,
    Indicator,
    Outcome,
    Settings,
    Verdict,
    failed,
    no_data,
    passed,
    register,
)
from satisfaction.models import Reflection, SurveyInvitation, SurveyRound
from satisfaction.participants import TakingPart, parts, who_took_part
from satisfaction.policies import ANSWERS, ASKED_ABOUT, MONTHS, POOLED, RESPONSE, SMALL, WARNING

MOST_MONTHS = 24


@dataclass
class SurveysOnRecord:
    """The surveys of one agency on record on a day."""

    rounds: list[SurveyRound] = field(default_factory=list)
    """Closed rounds, latest first."""
    invited: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    took_part: list[TakingPart] = field(default_factory=list)
    reflections: list[Reflection] = field(default_factory=list)
    """Released ones, latest first."""
    _missed: dict[int, int] = field(default_factory=dict)

    def missed(self, round_: SurveyRound) -> int:
        """How many took part in the months before the round opened but were not asked."""
        if round_.pk not in self._missed:
            since, asked = months_later(round_.opens, -ASKED_ABOUT.value), self.invited[round_.pk]
            others = [part for part in self.took_part if part.member_id not in asked]
            found = who_took_part(others, since, round_.opens, members_on=round_.opens)
            self._missed[round_.pk] = len(found)
        return self._missed[round_.pk]

    def lately(self, on: date, months: int) -> list[SurveyRound]:
        """The rounds closed in the last months."""
        return [each for each in self.rounds if _lapses(each, months) > on]

    def reflection(self, on: date, settings: Settings) -> Reflection | None:
        """The latest one of few consumers that is not too old."""
        months, fewer_than = settings.number(MONTHS), settings.number(SMALL)
        for each in self.reflections:
            since = months_later(_released(each), -ASKED_ABOUT.value)
            people = who_took_part(
                self.took_part, since, _released(each), members_on=_released(each)
            )
            if sum(people.values()) < fewer_than and _outdated(each, months) > on:
                return each
        return None

    def turns(self, on: date, settings: Settings) -> set[date]:
        """Days on which a round becomes too old, alone or pooled, or somebody's part begins."""
        terms = [settings, *(settings.at(day) for day in settings.ahead)]
        months = {each.number(policy) for each in terms for policy in (MONTHS, POOLED)}
        days = {_lapses(each, span) for each in self.rounds for span in months}
        days |= {_outdated(each, span) for each in self.reflections for span in months}
        return days | {part.since for part in self.took_part if part.since > on}


def _lapses(round_: SurveyRound, months: int) -> date:
    """The first day on which a closed round is too old."""
    assert round_.closed_on is not None
    return months_later(round_.closed_on, months) + timedelta(days=1)


def _released(reflection: Reflection) -> date:
    assert reflection.released_on is not None
    return reflection.released_on


def _outdated(reflection: Reflection, months: int) -> date:
    """The first day on which a reflection is too old."""
    return months_later(_released(reflection), months) + timedelta(days=1)


@once
def asked(agencies: Sequence[int], on: date) -> dict[int, SurveysOnRecord]:
    """Read them in six queries for all agencies."""
    found: dict[int, SurveysOnRecord] = defaultdict(SurveysOnRecord)
    rounds = SurveyRound.objects.across(agencies).closed(on)
    rounds = rounds.filter(closed_on__gt=months_later(on, -MOST_MONTHS - 1))
    keys = []
    for each in rounds.order_by("-closed_on", "-pk"):
        found[each.agency_id].rounds.append(each)
        keys.append(each.pk)
    invitations = SurveyInvitation.objects.across(agencies).filter(round__in=keys)
    for agency, round_id, member in invitations.values_list("agency_id", "round_id", "member_id"):
        found[agency].invited[round_id].add(member)
    released = Reflection.objects.across(agencies).released(on)
    released = released.filter(released_on__gt=months_later(on, -MOST_MONTHS - 1))
    starts = [each.opens for each in _rounds(found)]
    for reflection in released.order_by("-released_on", "-pk"):
        found[reflection.agency_id].reflections.append(reflection)
        starts.append(_released(reflection))
    # Whoever took part before that counts for none of these.
    begins = [months_later(start, -ASKED_ABOUT.value) for start in starts]
    first = min([months_later(on, -MOST_MONTHS - 1), *begins])
    seats = Seat.objects.across(agencies).filter(Q(until=None) | Q(until__gte=first))
    attendances = Attendance.objects.across(agencies).filter(
        meeting__on__lte=on, meeting__on__gte=first
    )
    for part in parts(seats, attendances, known=KnownSeats(agencies, on)):
        found[part.agency_id].took_part.append(part)
    return found


def _rounds(found: Mapping[int, SurveysOnRecord]) -> Iterator[SurveyRound]:
    for each in found.values():
        yield from each.rounds


class EveryoneAsked(Criterion):
    code = "asked"
    title = _("Everyone who took part was asked lately")
    todo = _(
        "Start a survey. It asks everyone who has taken part in the last months. Where few "
        "consumers take part, they can say together what it is like."
    )
    messages = {
        "asked": _("Everyone who took part was asked. Days since it closed: %(days)d."),
        "reflected": _("Few consumers take part. Days since they said together: %(days)d."),
        "missed": _("The last survey did not ask everyone who took part."),
        "long_ago": _("No survey was closed in the last %(months)d months."),
        "nobody": _("Nobody has taken part yet."),
    }
    where = "satisfaction:rounds"
    unit = CriterionUnit.DAYS

    def warning(self, settings: Settings) -> int:
        return settings.number(WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        found = asked(agencies, on)
        return {
            agency: foreseen(
                on,
                partial(_everyone_asked, found[agency], settings[agency]),
                settings=settings[agency],
                turns=found[agency].turns(on, settings[agency]),
            )
            for agency in agencies
        }


def _everyone_asked(found: SurveysOnRecord, settings: Settings, on: date) -> Outcome:
    months = settings.at(on).number(MONTHS)
    lately = found.lately(on, months)
    for each in lately:
        if found.missed(each) == 0:
            assert each.closed_on is not None
            days = DaysSince(each.closed_on, on)
            return passed(
                "asked",
                value=days,
                evidence=[_evidence(each)],
                lapses=_lapses(each, months),
                days=days,
            )
    if (reflection := found.reflection(on, settings.at(on))) is not None:
        days = DaysSince(_released(reflection), on)
        return passed(
            "reflected",
            value=days,
            evidence=[Evidence("reflection", reflection.pk)],
            lapses=_outdated(reflection, months),
            days=days,
        )
    if lately:
        return failed("missed", evidence=[_evidence(lately[0])])
    since = months_later(on, -months)
    if not any(part.within(since, on + timedelta(days=1)) for part in found.took_part):
        return no_data("nobody")
    return failed("long_ago", months=months)


class EnoughAnswered(Criterion):
    """Pools a year's rounds where there are few consumers, to reach enough answers.

    Everybody knows who was asked, but the share is taken of the consumers only, which depends on
    each person's standing.
    """

    code = "answered"
    discreet = True
    title = _("Enough of the consumers who were asked answered")
    todo = _("Remind people, offer it on paper, and say what came of the last survey.")
    messages = {
        "reflected": _("Few consumers take part. They released what they say together."),
        "enough": _("Of the consumers who were asked, at least %(percent)d in 100 answered."),
        "too_few": _(
            "Of the consumers who were asked, fewer than %(least)d in 100 said that they use "
            "services and answered."
        ),
        "below": _(
            "Too few consumers answered to show a result. It takes %(answers)d on a screen, or as "
            "many on paper."
        ),
        "small": _("Few consumers take part: fewer than %(answers)d answers in a year so far."),
        "none": _("No survey was closed lately."),
    }
    where = "satisfaction:rounds"
    unit = CriterionUnit.PERCENT
    measure = _("or more of those asked have answered")

    def warning(self, settings: Settings) -> int:
        return settings.number(WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        found = asked(agencies, on)
        return {
            agency: foreseen(
                on,
                partial(_enough_answered, found[agency], settings[agency]),
                settings=settings[agency],
                turns=found[agency].turns(on, settings[agency]),
            )
            for agency in agencies
        }


def _enough_answered(found: SurveysOnRecord, in_force: Settings, on: date) -> Outcome:
    """Judge by the surveys; where few consumers take part, a reflection of theirs is as good."""
    settings = in_force.at(on)
    outcome = _by_surveys(found, settings, on)
    reflection = found.reflection(on, settings)
    if outcome.verdict != Verdict.PASS and reflection is not None:
        return passed(
            "reflected",
            goal=settings.number(RESPONSE),
            evidence=[Evidence("reflection", reflection.pk)],
            lapses=_outdated(reflection, settings.number(MONTHS)),
        )
    return outcome


def _by_surveys(found: SurveysOnRecord, settings: Settings, on: date) -> Outcome:
    """Judge by the best of the rounds that asked everyone, not only the newest."""
    lately = found.lately(on, settings.number(MONTHS))
    if not lately:
        return no_data("none", goal=settings.number(RESPONSE))
    complete = [each for each in lately if found.missed(each) == 0] or lately[:1]
    outcomes = [_answered(found, each, on, settings) for each in complete]
    return next((each for each in outcomes if each.verdict == Verdict.PASS), outcomes[0])


def _answered(found: SurveysOnRecord, round_: SurveyRound, on: date, settings: Settings) -> Outcome:
    rounds, least = [round_], settings.number(ANSWERS)
    small = round_.consumers_invited < settings.number(SMALL)
    if small:
        rounds = found.lately(on, settings.number(POOLED))
    invited = sum(each.consumers_invited for each in rounds)
    answered = min(invited, sum(each.consumers_answered or 0 for each in rounds))
    paper = sum(each.consumers_on_paper or 0 for each in rounds)
    evidence = [_evidence(each) for each in rounds]
    goal = settings.number(RESPONSE)
    # Answers typed in from paper are a separate result, so one of the two must be large enough.
    if max(answered - paper, paper) < least:
        if small:
            return no_data("small", evidence=evidence, answers=least)
        return failed("below", goal=goal, evidence=evidence, answers=least)
    told = percent(answered, invited)
    if 100 * answered < goal * invited:
        return failed("too_few", value=told, goal=goal, evidence=evidence, least=goal)
    # A pool changes when its first round becomes too old; a single round simply ends.
    lapses = None if small else _lapses(round_, settings.number(MONTHS))
    return passed("enough", value=told, goal=goal, evidence=evidence, lapses=lapses, percent=told)


def _evidence(round_: SurveyRound) -> Evidence:
    return Evidence("survey_round", round_.pk)


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
        settings=(MONTHS, WARNING, RESPONSE, ANSWERS, SMALL, POOLED),
        headline="answered",
    )
)
