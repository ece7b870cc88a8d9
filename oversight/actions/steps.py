"""What somebody prepares for the committee, and what comes into force once it decided so."""

from datetime import date, timedelta
from typing import Required, TypedDict, Unpack

from django.db.models import BooleanField, F, Func

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from groups.actions.decisions import propose
from groups.actions.interests import note_interest
from groups.models import Decision, Group, Meeting
from oversight.models import (
    CommitteeStep,
    ConflictDisclosure,
    Finding,
    ManagementResponse,
    Recommendation,
    Review,
    StepKind,
    StepState,
)
from oversight.policies import DECIDE_DAYS


def decide_days(agency: Agency) -> timedelta:
    """How long the committee has for a decision, under today's setting."""
    return DECIDE_DAYS.span(agency, agency.today())


class StepContent(TypedDict, total=False):
    """What a step is about and says, as its kind needs it (`step_says_what`)."""

    kind: Required[StepKind]
    finding: Finding
    recommendation: Recommendation
    response: ManagementResponse | None
    review: Review
    satisfactory: bool
    title: str
    text: str
    owner: Member
    due: date
    held_on: date
    meeting: Meeting
    open_text: str
    left_out: str


def prepare(
    group: Group,
    *,
    asks: str,
    says: list[str],
    by: Member,
    kept_inside: bool = False,
    **content: Unpack[StepContent],
) -> CommitteeStep:
    """Put a step to the committee as a proposal, word for word; inside an action.

    `asks` is the proposal's title, `says` its paragraphs. Who has a part in the recommendation, or
    declared a conflict of interest, takes no part in deciding. `kept_inside`: only the committee
    ever reads the proposal.
    """
    words = "\n\n".join(each for each in says if each)
    today = by.agency.today()
    step = CommitteeStep.objects.within(by.agency).create(
        prepared_by=by,
        prepared_on=today,
        decide_by=today + decide_days(by.agency),
        proposal=words,
        **content,
    )
    decision = propose(
        group,
        title=asks,
        text=words,
        by=by,
        subject=step,
        fixed=True,
        kept_inside=kept_inside,
    )
    step.decision = decision
    step.save(update_fields=["decision"])
    if step.recommendation is not None:
        for member in with_a_part(step.recommendation):
            note_interest(decision, member)
    events.record("committee_step.prepared", step, by=by, kind=step.kind, decision=decision.pk)
    return step


def with_a_part(recommendation: Recommendation) -> list[Member]:
    """Who owns it, answered for it, or declared a conflict of interest in it; one query."""
    agency = recommendation.agency
    answers = ManagementResponse.objects.within(agency).filter(recommendation=recommendation)
    conflicts = ConflictDisclosure.objects.within(agency).filter(recommendation=recommendation)
    members = Member.objects.within(agency)
    found = members.filter(pk=recommendation.owner_id)
    found |= members.filter(pk__in=answers.values("given_by"))
    found |= members.filter(pk__in=conflicts.values("member"))
    return list(found.order_by("pk"))


def step_of(decision: Decision) -> CommitteeStep:
    """The step that a decision is about, locked."""
    assert decision.subject_id is not None
    rows = CommitteeStep.objects.within(decision.agency).select_for_update(of=("self",))
    step = rows.get(pk=decision.subject_id)
    step.agency = decision.agency
    return step


def holds(step: CommitteeStep) -> bool:
    """Whether the committee decided so with a quorum: what the database asks by itself, too."""
    asked = Func(
        F("agency"),
        F("pk"),
        F("kind"),
        function="oversight_step_holds",
        output_field=BooleanField(),
    )
    rows = CommitteeStep.objects.within(step.agency).filter(pk=step.pk)
    return bool(rows.values_list(asked, flat=True)[0])


def settle(step: CommitteeStep, state: StepState) -> None:
    """Write down what came of the step; inside the action that carries it out."""
    step.become(state)
    step.settled_on = step.agency.today()
    step.save()
    if state == StepState.DROPPED:
        events.record("committee_step.dropped", step, by=None, kind=step.kind)
