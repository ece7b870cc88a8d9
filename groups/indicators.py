"""The third indicator: consumers are a fair share of the members of every group of CQI."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import Count, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import StandingKind
from foundation import minimum, policies
from foundation.models import Agency
from groups.as_known import KnownGroup, known_groups, turns
from groups.composition import Composition, composition, enough
from groups.corrected import corrected, written_down_later
from groups.models import Attendance, CqiPeriod, Group, GroupKind, MeetingStatus
from groups.policies import ATTENDED, BASIS, FAMILY, PEERS, POOLED, SHARE, WARNING
from indicators import corrections
from indicators.criteria import status_of_one
from indicators.foresight import foreseen
from indicators.preview import period_ends
from indicators.registry import (
    Criterion,
    CriterionUnit,
    Evidence,
    Indicator,
    Outcome,
    Param,
    Settings,
    failed,
    no_data,
    passed,
    register,
)

_SENTENCES = {
    "each_met": _("Enough voting members of each active group are consumers."),
    # Without counts, which would reveal groups the reader may not see.
    "each_unmet": _("Not every active group has enough consumers yet."),
    "each_empty": _("An active group has no voting member now. The others have enough consumers."),
    "pooled_met": _("Enough of all voting members of the active groups are consumers."),
    "pooled_unmet": _("Over all active groups, too few voting members are consumers."),
    "none": _("No active group has a voting member yet."),
}
_ATTENDED = _("Of those who came to meetings lately, %(attended)d%% were consumers.")
# Every finding adds the share of attendances, if there are enough.
MESSAGES = _SENTENCES | {
    f"{code}_attended": format_lazy("{} {}", text, _ATTENDED)
    for code, text in _SENTENCES.items()
    if code != "none"
}


class ConsumersInEveryGroup(Criterion):
    code = "consumers_in_every_group"
    title = _("Enough of the members of each group are consumers")
    todo = _(
        "Invite consumers to the groups listed here. Ask those who take part already whom they "
        "would like beside them."
    )
    messages = MESSAGES
    where = "groups:list"
    unit = CriterionUnit.PERCENT
    measure = _("of the voting members are consumers")

    def measured_as(self, params: Mapping[str, Param]) -> str:
        """The words for a measure by group: the number is that of the group with the fewest."""
        if "overall" not in params:
            return str(self.measure)
        return _t("of the voting members in the group with the fewest; %(overall)d%% over all") % {
            "overall": params["overall"]
        }

    def warning(self, settings: Settings) -> int:
        return settings.number(WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        groups, came = known_groups(agencies, on), attended(agencies, on)
        return {
            agency: _beside(
                foreseen(
                    on,
                    partial(_on, groups[agency], settings[agency]),
                    settings=settings[agency],
                    turns=turns(groups[agency]),
                ),
                came.get(agency),
            )
            for agency in agencies
        }


def _on(groups: Iterable[KnownGroup], settings: Settings, on: date) -> Outcome:
    found = [group.composition(on) for group in groups if group.holds(on) and group.of_cqi(on)]
    return _judged([each for each in found if each.active], settings.at(on))


@dataclass(frozen=True)
class Tried:
    """What the third indicator said of a day, and what it would have said."""

    on: date
    then: str
    tried: str

    @property
    def changes(self) -> bool:
        return self.then != self.tried


def preview_cqi(agency: Agency, group: Group, *, takes_part: bool, today: date) -> list[Tried]:
    """The last periods, newest first, had the group (not) been part of CQI; writes nothing."""
    periods = list(CqiPeriod.objects.within(agency))
    groups = Group.objects.within(agency).exclude(kind=GroupKind.DIALOGUE).order_by("pk")
    found = []
    for on in period_ends(today):
        settings = policies.settings_of(agency, on)
        part = {each.group_id for each in periods if each.since <= on and not each.over(on)}
        active = [each for each in composition(groups, on) if each.active]
        tried = part | {group.pk} if takes_part else part - {group.pk}
        found.append(Tried(on, _status(active, part, settings), _status(active, tried, settings)))
    return found


def _status(active: list[Composition], part: set[int], settings: Settings) -> str:
    outcome = _judged([each for each in active if each.group_id in part], settings)
    return str(status_of_one(outcome.verdict, at_risk=False))


def _beside(outcome: Outcome, came: int | None) -> Outcome:
    if came is None or outcome.message == "none":
        return outcome
    return replace(
        outcome,
        message=f"{outcome.message}_attended",
        params={**outcome.params, "attended": came},
    )


def _judged(groups: list[Composition], settings: Settings) -> Outcome:
    goal = settings.number(SHARE)
    # (consumers, voting members) by group.
    counted = {
        found.group_id: (
            found.counted(peers=settings.flag(PEERS), family=settings.flag(FAMILY)),
            found.voting,
        )
        for found in groups
    }
    if not any(voting for _consumers, voting in counted.values()):
        return no_data("none", goal=goal, evidence=_evidence(counted, counted))
    if settings.choice(BASIS) == POOLED:
        return _pooled(counted, goal)
    lacking = [
        pk for pk, (consumers, voting) in counted.items() if not enough(consumers, voting, goal)
    ]
    value = min(100 * consumers // voting for consumers, voting in counted.values() if voting)
    voters = sum(voting for _consumers, voting in counted.values())
    overall = 100 * sum(consumers for consumers, _voting in counted.values()) // voters
    if lacking:
        return failed(
            "each_unmet",
            value=value,
            goal=goal,
            overall=overall,
            evidence=_evidence(lacking, counted),
        )
    empty = [pk for pk, (_consumers, voting) in counted.items() if voting == 0]
    if empty:
        return no_data(
            "each_empty",
            value=value,
            goal=goal,
            evidence=_evidence(empty, counted),
            overall=overall,
        )
    return passed(
        "each_met", value=value, goal=goal, evidence=_evidence(counted, counted), overall=overall
    )


def _pooled(counted: Mapping[int, tuple[int, int]], goal: int) -> Outcome:
    consumers = sum(each for each, _voting in counted.values())
    voting = sum(each for _consumers, each in counted.values())
    value, evidence = 100 * consumers // voting, _evidence(counted, counted)
    if enough(consumers, voting, goal):
        return passed("pooled_met", value=value, goal=goal, evidence=evidence)
    return failed("pooled_unmet", value=value, goal=goal, evidence=evidence)


def _evidence(keys: Iterable[int], counted: Mapping[int, tuple[int, int]]) -> tuple[Evidence, ...]:
    """Groups with fewer voting members than the floor need a reader who may see standings."""
    return tuple(Evidence("group", pk, small=not minimum.enough(counted[pk][1])) for pk in keys)


def attended(agencies: Sequence[int], on: date) -> dict[int, int]:
    """Consumers as a percentage of attendances in groups of CQI over three months, by agency.

    None unless five consumers and five others came. One query.
    """
    consumer = Q(standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False)
    rows = (
        Attendance.objects.across(agencies)
        .filter(
            meeting__status=MeetingStatus.HELD,
            meeting__on__gt=on - ATTENDED.span,
            meeting__on__lte=on,
            meeting__group__in=Group.objects.across(agencies).of_cqi(on),
        )
        .values("agency_id")
        .annotate(
            all=Count("pk"),
            consumers=Count("pk", filter=consumer),
            people=Count("member", distinct=True, filter=consumer),
            others=Count("member", distinct=True, filter=~consumer),
        )
        .order_by()
    )
    return {
        row["agency_id"]: 100 * row["consumers"] // row["all"]
        for row in rows
        if minimum.enough(min(row["people"], row["others"]))
    }


corrections.register(corrected, "membership", "compensation", "oversight")
corrections.register(
    written_down_later,
    *("mission", "process", "compensation", "dialogues", "satisfaction", "oversight"),
)
register(
    Indicator(
        number=3,
        code="membership",
        title=_("Enough members of every group are consumers"),
        why=_(
            "People are equal partners only where enough of them sit at the table. So this is "
            "asked of each cell, council and committee, not of all of them together."
        ),
        criteria=(ConsumersInEveryGroup(),),
        settings=(SHARE, BASIS, PEERS, FAMILY, WARNING),
        headline="consumers_in_every_group",
        discreet=True,
    )
)
