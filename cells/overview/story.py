"""An opportunity's story in dated steps, from raised to result."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.anybody import kept_rows
from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityQuerySet, OpportunityState
from cells.plans import evaluation
from cells.plans.evaluation import JudgedMeasure, plan_for
from cells.plans.models import ActionPlan, Reopening
from cells.ranking.models import RoundEntry, RoundStatus
from foundation import prepared
from foundation.addresses import at
from foundation.models import Agency, TenantQuerySet
from measures.charting import computing
from measures.definitions import periods


@dataclass(frozen=True)
class StoryStep:
    """One step, with the fields of components/timeline.html; `on` orders the steps."""

    code: str
    title: str | Promise
    on: date | None
    text: str = ""
    quote: str = ""
    by: str = ""
    href: str = ""
    action: str = ""
    icon: str = "circle"
    done: bool = True
    now: bool = False

    @property
    def when(self) -> str:
        return formats.date_format(self.on, "F j, Y") if self.on else ""


@dataclass
class IdeaRecord:
    """What is on record of one opportunity."""

    entries: list[RoundEntry] = field(default_factory=list)
    measures: list[JudgedMeasure] = field(default_factory=list)
    reopenings: list[Reopening] = field(default_factory=list)


def steps(origin_type: str, origin_id: int, reader: Member) -> list[StoryStep]:
    """Steps of all opportunities from this origin that the reader may know of.

    In order of date; four queries, whatever their number.
    """
    on = reader.agency.today()
    came = kept_rows(_came_from, reader, on, code=origin_type, row=origin_id)
    while into := {each.merged_into_id or 0 for each in came} - {0, *(each.pk for each in came)}:
        came += kept_rows(_of_keys, reader, on, keys=[*into])
    records = _evidence(came, reader)
    told = [step for each in came for step in _told(each, records[each.pk], reader)]
    return sorted(told, key=lambda step: step.on or date.max)


def of(opportunity: Opportunity, reader: Member) -> list[StoryStep]:
    """Past and future steps of one opportunity, loaded by `with_people`."""
    evidence = _evidence([opportunity], reader)[opportunity.pk]
    told = sorted(_told(opportunity, evidence, reader), key=lambda step: step.on or date.max)
    # The idea's own page already shows its text above.
    first = replace(told[0], text="", quote="", href="", action="")
    return [first, *told[1:], *_ahead(opportunity)]


def _came_from(reader: Member, on: date) -> OpportunityQuerySet:
    visible = Opportunity.objects.within(reader.agency).visible_to(reader, on)
    came = visible.from_origin(prepared.CODE, prepared.ROW)
    return with_people(came).order_by("raised_on", "pk")


def _of_keys(reader: Member, on: date) -> OpportunityQuerySet:
    visible = Opportunity.objects.within(reader.agency).visible_to(reader, on)
    return with_people(visible.filter(prepared.one_of_keys("pk"))).order_by("pk")


def with_people(opportunities: OpportunityQuerySet) -> OpportunityQuerySet:
    """The opportunities, with cell, owner and plan of each."""
    return opportunities.select_related("cell__group", "raised_by", "on_behalf_of", "plan")


def _evidence(opportunities: Sequence[Opportunity], reader: Member) -> dict[int, IdeaRecord]:
    found: dict[int, IdeaRecord] = defaultdict(IdeaRecord)
    keys = [opportunity.pk for opportunity in opportunities]
    if not keys:
        return found
    values = {"agency": reader.agency_id, "keys": keys}
    for entry in prepared.of_agency(_entries).models(values):
        found[entry.opportunity_id].entries.append(entry)
    for key, judged in evaluation.begun_for(reader.agency, keys).items():
        found[key].measures.extend(judged)
    for reopening in prepared.of_agency(_reopenings).models(values):
        found[reopening.opportunity_id].reopenings.append(reopening)
    return found


def _entries(agency: Agency) -> TenantQuerySet[RoundEntry]:
    rows = RoundEntry.objects.within(agency).filter(prepared.one_of_keys("opportunity"))
    return rows.filter(round__status=RoundStatus.CLOSED).select_related("round")


def _reopenings(agency: Agency) -> TenantQuerySet[Reopening]:
    rows = Reopening.objects.within(agency).filter(prepared.one_of_keys("opportunity"))
    return rows.order_by("on", "pk")


def _ranked(place: int | None) -> str:
    return _("Ranked first.") if place == 1 else _("Ranked number %(place)d.") % {"place": place}


def _told(opportunity: Opportunity, evidence: IdeaRecord, reader: Member) -> Iterator[StoryStep]:
    yield _raised(opportunity, reader)
    for entry in evidence.entries:
        on = entry.round.ended_on
        yield StoryStep(
            "ranked",
            _("The cell ranked its ideas"),
            on,
            text=_ranked(entry.place),
            href=at(reader.agency, "cells:round", pk=entry.round_id),
            action=_("See how the ideas were ranked")
            if len(evidence.entries) == 1 or on is None
            else _("See how the ideas were ranked on %(day)s")
            % {"day": formats.date_format(on, "F j, Y")},
            icon="vote",
        )
    if opportunity.chosen_on is not None:
        yield StoryStep(
            "chosen",
            _("The cell chose it"),
            opportunity.chosen_on,
            href=at(reader.agency, "groups:decision", pk=opportunity.decision_id),
            action=_("See the decision"),
            icon="heart-handshake",
        )
    for each in evidence.reopenings:
        yield from _taken_up(each)
    plan = plan_for(opportunity)
    if plan is not None and _works(plan, evidence):
        yield StoryStep(
            "plan",
            _("Work started"),
            plan.activated_on,
            text=plan.aim,
            href=at(reader.agency, "cells:plan", pk=plan.pk),
            action=_("See the plan"),
            icon="list-checks",
        )
    if plan is not None and plan.activated_on is not None:
        yield from _numbers(evidence, plan, reader)
    yield from _ended(opportunity, reader)


def _works(plan: ActionPlan, evidence: IdeaRecord) -> bool:
    """Whether the plan was started, and not only before the idea was taken up again."""
    started = plan.activated_on
    again = evidence.reopenings[-1].worked_from if evidence.reopenings else None
    return started is not None and started != again


def _taken_up(again: Reopening) -> Iterator[StoryStep]:
    """What an idea had achieved before it slipped, and that it was taken up again."""
    yield StoryStep("plan", _("Work started"), again.worked_from, icon="list-checks")
    yield StoryStep(
        "result",
        _("You said, we did"),
        again.done_on,
        text=f"{again.told}\n{again.result}",
        icon="circle-check",
    )
    yield StoryStep(
        "reopened",
        _("What got better has slipped. The cell took it up again"),
        again.on,
        text=f"{again.reason}\n{again.seen}",
        icon="triangle-alert",
    )


def _raised(opportunity: Opportunity, reader: Member) -> StoryStep:
    cell = opportunity.cell.group.name
    return StoryStep(
        "raised",
        _("An idea was raised in %(cell)s") % {"cell": cell},
        opportunity.raised_on,
        text=opportunity.title,
        quote=opportunity.origin_words,
        href=at(reader.agency, "cells:opportunity", pk=opportunity.pk),
        action=_("Read the idea"),
        icon="lightbulb",
    )


def _numbers(evidence: IdeaRecord, plan: ActionPlan, reader: Member) -> Iterator[StoryStep]:
    for judged in evidence.measures:
        measure = judged.measure
        since = [
            row.period
            for row in judged.numbers.results
            if row.numerator is not None and plan.activated_on and row.period >= plan.activated_on
        ]
        if since:
            answer = f"{judged.verdict.words}. " if judged.verdict else ""
            name = f"{measure.name}\n" if len(evidence.measures) > 1 else ""
            latest = computing.latest(measure, judged.numbers.results)
            yield StoryStep(
                "numbers",
                _("Numbers came in: %(latest)s") % {"latest": latest},
                periods.following(measure.frequency, since[-1]),
                text=f"{name}{answer}{judged.said}",
                href=at(reader.agency, "measures:measure", pk=measure.pk),
                action=_("See the chart"),
                icon="chart-line",
            )


def _ended(opportunity: Opportunity, reader: Member) -> Iterator[StoryStep]:
    match opportunity.state:
        case OpportunityState.DONE:
            yield StoryStep(
                "result",
                _("You said, we did"),
                opportunity.state_on,
                text=f"{opportunity.told}\n{opportunity.result}",
                icon="circle-check",
            )
        case OpportunityState.CLOSING:
            yield StoryStep(
                "closing",
                _("The cell is asked if it worked"),
                opportunity.state_on,
                text=opportunity.result,
                icon="vote",
                now=True,
            )
        case OpportunityState.MERGED:
            yield StoryStep(
                "merged",
                _("It became part of another idea"),
                opportunity.state_on,
                href=at(reader.agency, "cells:opportunity", pk=opportunity.merged_into_id),
                action=_("See that idea"),
                icon="lightbulb",
            )
        case OpportunityState.SPLIT:
            yield StoryStep(
                "split",
                _("It was split into smaller ideas"),
                opportunity.state_on,
                icon="lightbulb",
            )
        case OpportunityState.PARKED:
            yield StoryStep(
                "parked",
                _("The cell set it aside for now"),
                opportunity.state_on,
                text=opportunity.reason,
                icon="clock",
            )
        case OpportunityState.ENDED:
            yield StoryStep(
                "ended",
                _("It ended when the cell closed"),
                opportunity.state_on,
                text=opportunity.reason,
                icon="info",
            )
        case OpportunityState.DECLINED:
            yield StoryStep(
                "declined",
                _("The cell did not take it up"),
                opportunity.state_on,
                text=opportunity.reason,
                icon="info",
            )


def _ahead(opportunity: Opportunity) -> Iterator[StoryStep]:
    """The steps still to come, for an idea in progress."""
    plan = plan_for(opportunity)
    ahead = [
        (opportunity.chosen_on, _("The cell ranks its ideas and chooses")),
        (plan.activated_on if plan is not None else None, _("A plan, and work on it")),
        (None, _("What came of it")),
    ]
    under_way = (OpportunityState.RAISED, OpportunityState.CHOSEN, OpportunityState.CLOSING)
    if opportunity.state in under_way:
        for done_on, title in ahead:
            if done_on is None:
                yield StoryStep("ahead", title, None, done=False)
