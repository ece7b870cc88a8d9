"""An agency where something of every kind can happen, be planned and end in the coming days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import end_membership
from accounts.models import Member, StandingKind
from compensation.choosing.actions import elect
from compensation.claims.actions.approving import approve
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments.actions import pay, reverse
from compensation.payments.models import Payment
from compensation.plan.actions import draft
from devtools.established import establish
from devtools.ratified import adopt
from devtools.seating import accept, seat
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.told_back import actions as telling
from dialogues.voices import actions as speaking
from documents import actions as documents
from documents.checklists import checklist
from documents.models import DocumentKind, Version
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import (
    change_cqi,
    close_decision,
    close_group,
    end_seat,
    hold,
    open_group,
    plan_meeting,
    record_attendance,
    take_position,
)
from groups.models import Decision, DecisionStatus, Group, GroupKind, Office, Seat
from indicators.actions import change_policy
from indicators.engine import evaluate
from indicators.results import JudgedCriterion
from satisfaction.actions import close_round, open_round
from satisfaction.models import SurveyRound

DAY = timedelta(days=1)
Answers = dict[tuple[str, str], JudgedCriterion]
NAMES = (
    "plan",
    "leaves",
    "joins",
    "meets",
    "share",
    "pooled",
    "meeting_days",
    "offer_days",
    "fails_after",
    "closes",
    "rests",
    "chooses",
    "talks",
    "dialogue_days",
    "disposition",
    "hears",
    "answers",
    "writes",
    "agrees",
    "rates",
    "surveys",
    "closes_surveys",
    "approves",
    "pays",
    "reverses",
    "quits",
)
# In an order in which each of them can happen.
LIFE = (
    *("plan", "share", "pooled", "meeting_days", "offer_days", "fails_after", "dialogue_days"),
    *("disposition", "joins", "meets", "surveys", "chooses", "approves", "pays", "reverses"),
    *("talks", "hears", "answers", "writes", "agrees", "rates", "closes_surveys"),
    *("leaves", "quits", "rests", "closes"),
)


@dataclass(frozen=True)
class Team:
    administrator: Member
    facilitator: Member
    approver: Member
    payer: Member


class World:
    """An agency in which something of each kind can end."""

    def __init__(self, agency: Agency, team: Team, people: list[Member]) -> None:
        self.agency, self.by, self.team, self.people = agency, team.administrator, team, people
        self.by.agency = establish(agency)
        today = agency.today()
        self.council = self._group(GroupKind.COUNCIL, "Council", today)
        self.committee = self._group(GroupKind.COMMITTEE, "Committee", today)
        for number, member in enumerate(people[:4]):
            seat(self.council, member, since=today, by=self.by)
            office = Office.CHAIR if number == 0 else Office.NONE
            if number < 3:
                seat(self.committee, member, office=office, since=today, by=self.by)
        self.board = self._group(GroupKind.GOVERNING_BODY, "Board", today)
        for member in people[2:4]:
            seat(self.board, member, office=Office.CHAIR, since=today, by=self.by)

    def _group(self, kind: GroupKind, name: str, on: date) -> Group:
        return open_group(self.agency, kind=kind, name=name, by=self.by, on=on)

    def plan(self, days: int) -> None:
        version = draft(
            text="We pay.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=self.by
        )
        adopt(version, on=self.agency.today() + days * DAY, by=self.by)

    def leaves(self, days: int) -> None:
        """End a consumer's next seat on a planned day."""
        seats = Seat.objects.within(self.agency).filter(until=None).of_consumers().order_by("pk")
        for held in seats.select_related("group", "member__user")[:1]:
            held.member.agency = self.agency
            end_seat(held, on=self.agency.today() + days * DAY, by=held.member)

    def joins(self, days: int) -> None:
        seat(self.council, self.people[4], since=self.agency.today() + days * DAY, by=self.by)

    def meets(self, days: int) -> None:
        meeting = plan_meeting(self.committee, starts_at=timezone.now(), by=self.by)
        hold(meeting, by=self.by)
        present = dict.fromkeys(self.people[:3], Decimal(1))
        record_attendance(meeting, present=present, by=self.by)

    def sets(self, code: str, value: int | str) -> Callable[[int], None]:
        def change(days: int) -> None:
            since = self.agency.today() + days * DAY
            change_policy(code, value=value, since=since, reason="We said so.", by=self.by)

        return change

    def closes(self, days: int) -> None:
        close_group(self.council, on=self.agency.today() + days * DAY, by=self.by)

    def rests(self, days: int) -> None:
        since = self.agency.today() + days * DAY
        change_cqi(self.council, takes_part=False, since=since, reason="So it is.", by=self.by)

    def chooses(self, days: int) -> None:
        elect(self.people[0], choice="accept", on=self.agency.today())

    def talks(self, days: int) -> None:
        """Hold a dialogue session led by both sides."""
        today, host, found = self.agency.today(), self.team.facilitator, self._dialogue()
        if found is None:
            found = holding.open_dialogue(
                self.agency,
                by=host,
                name="Open door",
                purpose="We talk.",
                on=today,
            )
            for member, side in (
                (self.people[0], StandingKind.PRIMARY_CONSUMER),
                (self.people[2], StandingKind.PROVIDER),
            ):
                accept(
                    holding.name_co_facilitator(
                        found,
                        member,
                        standing=side,
                        by=host,
                        since=today,
                        agreed=True,
                    )
                )
        session = plan_meeting(found.group, starts_at=timezone.now(), by=host)
        hold(session, by=host)
        present = dict.fromkeys(self.people[:3], Decimal(1))
        record_attendance(session, present=present, by=host)

    def hears(self, days: int) -> None:
        if self._dialogue() is None:
            self.talks(days)
        found = self._dialogue()
        assert found is not None
        said = speaking.contribute(
            self.agency, by=self.people[0], text="We wait long.", dialogue=found
        )
        hearing.harvest(found, by=self.people[0], title="Waiting", words=[said])

    def _dialogue(self) -> Dialogue | None:
        return Dialogue.objects.within(self.agency).select_related("group").first()

    def answers_them(self, days: int) -> None:
        theme = Theme.objects.within(self.agency).filter(dispositions=None).order_by("pk").first()
        if theme is not None:
            theme.agency = self.agency
            telling.dispose(
                theme, by=self.people[0], kind="answered", answer="We opened a second desk."
            )

    def writes(self, days: int) -> None:
        """Propose a mission to both bodies."""
        version = documents.draft(DocumentKind.MISSION, text="We trust in hope.", by=self.by)
        documents.propose_for_ratification(version, by=self.by)

    def agrees(self, days: int) -> None:
        """Let the next body that was asked agree."""
        asked = Decision.objects.within(self.agency).filter(status=DecisionStatus.OPEN)
        decision = asked.select_related("group").order_by("pk").first()
        if decision is None:
            return
        held = (
            Seat.objects.within(self.agency).on(self.agency.today()).filter(group=decision.group_id)
        )
        members = [each.member for each in held.select_related("member__user").order_by("pk")]
        for member in members:
            member.agency = self.agency
            take_position(decision, member=member, choice="agree")
        close_decision(decision, by=members[0])

    def rates(self, days: int) -> None:
        version = Version.objects.within(self.agency).order_by("-number").first()
        if version is not None:
            found = {
                each.code: (True, f"the words for {each.code}")
                for each in checklist(DocumentKind.MISSION)
            }
            for member in (self.people[0], self.people[2]):
                documents.rate(version, rater=member, answers=found)

    def surveys(self, days: int) -> None:
        open_round(self.agency, by=self.by, closes=self.agency.today() + (7 + days) * DAY)

    def closes_surveys(self, days: int) -> None:
        for found in SurveyRound.objects.within(self.agency).open():
            close_round(found)

    def approves(self, days: int) -> None:
        today = self.agency.today()
        approve(self._lines(ClaimStatus.EARNED), by=self.team.approver, on=today)

    def pays(self, days: int) -> None:
        lines = self._lines(ClaimStatus.APPROVED)
        pay(lines, by=self.team.payer, paid_on=self.agency.today(), method="cash")

    def reverses(self, days: int) -> None:
        for payment in Payment.objects.within(self.agency).filter(reversed_on=None)[:1]:
            today = self.agency.today()
            reverse(payment, reason="It came back.", by=self.team.payer, on=today)

    def _lines(self, status: ClaimStatus) -> list[Claim]:
        return list(Claim.objects.within(self.agency).filter(status=status).order_by("pk"))

    def quits(self, days: int) -> None:
        """Let somebody leave the program, today or on a planned day."""
        end_membership(self.people[1], on=self.agency.today() + days * DAY, by=self.by)

    @property
    def steps(self) -> dict[str, Callable[[int], None]]:
        return {
            "plan": self.plan,
            "leaves": self.leaves,
            "joins": self.joins,
            "meets": self.meets,
            "share": self.sets("membership.share", 50),
            "pooled": self.sets("membership.basis", "pooled"),
            "meeting_days": self.sets("oversight.meeting_days", 20),
            "offer_days": self.sets("compensation.offer_days", 3),
            "fails_after": self.sets("compensation.fails_after", 9),
            "closes": self.closes,
            "rests": self.rests,
            "chooses": self.chooses,
            "talks": self.talks,
            "dialogue_days": self.sets("dialogues.days", 18),
            "disposition": self.sets("dialogues.disposition", 6),
            "hears": self.hears,
            "answers": self.answers_them,
            "writes": self.writes,
            "agrees": self.agrees,
            "rates": self.rates,
            "surveys": self.surveys,
            "closes_surveys": self.closes_surveys,
            "approves": self.approves,
            "pays": self.pays,
            "reverses": self.reverses,
            "quits": self.quits,
        }

    def do(self, step: str, days: int) -> bool:
        """Take the step; return whether it was possible."""
        try:
            with transaction.atomic():
                self.steps[step](days)
        except (Refused, ValidationError):
            return False
        return True

    def answers(self, on: date) -> Answers:
        found = evaluate([self.agency.pk], on)[self.agency.pk]
        return {(code, each.code): each for code, result in found.items() for each in result.judged}
