"""Prioritization: the list, who may still vote, and untraceable ballots.

A ballot has neither member nor time. While the round is open it has a code that only its voter's
request can compute (cells/secrecy.py); at the close all ballots are rewritten without it.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity, OpportunityKind
from cells.policies import CARDS_EACH, LISTED, VOTES_EACH
from foundation.anonymity import AnonymousModel
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Seat


class RankingMethod(models.TextChoices):
    MULTIVOTING = "multivoting", _("Each person has a few votes")
    MATRIX = "matrix", _("Each person says how much it helps and how hard it is")
    NOMINAL = "nominal", _("Each person puts a few ideas in order")
    PAPER = "paper", _("On paper, in a room")


class RoundStatus(models.TextChoices):
    GATHERING = "gathering", _("Ideas are written down in silence")
    TALKING = "talking", _("Ideas are talked over, one after the other")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Called off")


# The states before a round has ended; at most one such round per cell.
STARTED = (RoundStatus.GATHERING, RoundStatus.TALKING, RoundStatus.OPEN)

# The methods of voting here; a ranking made in a room is only recorded.
VOTED = (RankingMethod.MULTIVOTING, RankingMethod.MATRIX, RankingMethod.NOMINAL)

HIGHEST = 5


class PriorityRoundQuerySet(TenantQuerySet["PriorityRound"]):
    def started(self) -> "PriorityRoundQuerySet":
        """Rounds under way, whether people can vote yet or not."""
        return self.filter(status__in=STARTED)

    def open(self) -> "PriorityRoundQuerySet":
        return self.filter(status=RoundStatus.OPEN)

    def ended(self, on: date) -> "PriorityRoundQuerySet":
        """Open rounds whose last day is over."""
        return self.open().filter(closes_on__lt=on)


class PriorityRound(StatefulModel):
    """A cell's vote on which opportunities come first; secret until it closes, and after.

    With the nominal group technique it may begin before there is a list: people write ideas in
    silence (gathering), hear them in turn (talking), then rank them (open).
    """

    subject_code = "priority_round"
    moves = Transitions(
        # A ranking made in a room is already over when it is recorded.
        first=frozenset({RoundStatus.GATHERING, RoundStatus.OPEN, RoundStatus.CLOSED}),
        moves={
            RoundStatus.GATHERING: frozenset({RoundStatus.TALKING, RoundStatus.CANCELLED}),
            RoundStatus.TALKING: frozenset({RoundStatus.OPEN, RoundStatus.CANCELLED}),
            RoundStatus.OPEN: frozenset({RoundStatus.CLOSED, RoundStatus.CANCELLED}),
        },
    )

    cell = Key(Cell, related_name="rounds")
    method = models.CharField(
        max_length=20, choices=RankingMethod.choices, default=RankingMethod.MULTIVOTING
    )
    question = models.CharField(max_length=200, blank=True)
    votes_each = models.PositiveSmallIntegerField(
        help_text=_("Votes or ranking cards; 0 in a matrix, and before there is a list.")
    )
    opened_by = Key(Member, related_name="+")
    opened_on = models.DateField()
    closes_on = models.DateField(help_text=_("The last day to vote."))
    status = models.CharField(max_length=10, choices=RoundStatus.choices, default=RoundStatus.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    recorded_on = models.DateField(
        null=True, blank=True, help_text=_("On paper: the day on which it was written down.")
    )
    ballots_cast = models.PositiveIntegerField(null=True, blank=True)
    ballots_consumers = models.PositiveIntegerField(null=True, blank=True)
    ballots_staff = models.PositiveIntegerField(null=True, blank=True)
    by_side = models.BooleanField(
        default=False,
        help_text=_("There are enough consumers and staff to count their votes apart."),
    )
    salt = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Door[PriorityRoundQuerySet]] = Door(PriorityRoundQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=RankingMethod.values), name="priority_round_method"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RoundStatus.values), name="priority_round_status"
            ),
            models.CheckConstraint(
                condition=Q(method="multivoting", votes_each__range=(1, VOTES_EACH.value))
                | Q(method="matrix", votes_each=0)
                | Q(method="paper", votes_each=0)
                | Q(method="nominal", votes_each__range=(1, CARDS_EACH.value))
                | Q(
                    method="nominal",
                    votes_each=0,
                    status__in=["gathering", "talking", "cancelled"],
                ),
                name="priority_round_votes",
            ),
            models.CheckConstraint(
                condition=Q(method="nominal") | ~Q(status__in=["gathering", "talking"]),
                name="priority_round_silence_is_nominal",
            ),
            models.CheckConstraint(
                condition=Q(method="paper", status="closed", recorded_on__isnull=False)
                | (~Q(method="paper") & Q(recorded_on=None)),
                name="priority_round_on_paper_is_over",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opened_on")), name="priority_round_period"
            ),
            models.CheckConstraint(
                condition=Q(status__in=STARTED, ended_on=None)
                | (~Q(status__in=STARTED) & Q(ended_on__isnull=False)),
                name="priority_round_dated_when_ended",
            ),
            # The salt of its ballots' codes is deleted once it has ended.
            models.CheckConstraint(
                condition=Q(status="open") | Q(salt="", seal=""),
                name="priority_round_forgets_its_salt",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(ballots_cast__isnull=False),
                name="priority_round_counted_when_closed",
            ),
            models.UniqueConstraint(
                fields=["agency", "cell"],
                condition=Q(status__in=STARTED),
                name="priority_round_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class RoundEntry(TenantModel):
    """An opportunity on a round's list; after the close, its place and sums.

    `votes`: votes, points of ranking cards, or in a matrix the sum of the impact ratings; `effort`:
    in a matrix, the sum of the effort ratings. Both by side only if each side cast at least five
    ballots.
    """

    round = Key(PriorityRound, related_name="entries")
    opportunity = Key(Opportunity, related_name="entries")
    votes = models.PositiveIntegerField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_consumers = models.PositiveIntegerField(null=True, blank=True)
    votes_staff = models.PositiveIntegerField(null=True, blank=True)
    effort = models.PositiveIntegerField(null=True, blank=True)
    effort_consumers = models.PositiveIntegerField(null=True, blank=True)
    effort_staff = models.PositiveIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "round", "opportunity"], name="round_entry_once_per_round"
            ),
            models.CheckConstraint(
                condition=(
                    Q(votes_consumers=None, votes_staff=None)
                    | Q(votes_consumers__isnull=False, votes_staff__isnull=False)
                )
                & (
                    Q(effort_consumers=None, effort_staff=None)
                    | Q(effort_consumers__isnull=False, effort_staff__isnull=False)
                ),
                name="round_entry_both_sides_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class VoterSide(models.TextChoices):
    UNKNOWN = "", _("Not kept")
    CONSUMERS = "consumers", _("People who use services")
    STAFF = "staff", _("Staff")
    OTHERS = "others", _("Others")


class Ballot(AnonymousModel):
    """One person's votes. No member, no time, no order; `code` and `side` end with the round.

    `choices` are keys of the round's entries; `points` what each was given (1 for a vote, in a
    matrix its impact), `efforts` how hard each is, in a matrix.
    """

    round = Key(PriorityRound, related_name="ballots")
    choices = ArrayField(models.BigIntegerField())
    points = ArrayField(models.PositiveSmallIntegerField(), default=list)
    efforts = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    code = models.CharField(max_length=64, blank=True)
    side = models.CharField(max_length=10, choices=VoterSide.choices, default="", blank=True)

    class Meta(AnonymousModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "round", "code"],
                condition=~Q(code=""),
                name="ballot_once_per_voter",
            ),
            models.CheckConstraint(condition=Q(side__in=VoterSide.values), name="ballot_side"),
            models.CheckConstraint(
                condition=Q(choices__len__range=(1, LISTED.value))
                & Q(points__len=F("choices__len"))
                & (Q(efforts__len=0) | Q(efforts__len=F("choices__len"))),
                name="ballot_chooses",
            ),
        ]

    def __str__(self) -> str:
        return "ballot"


class BallotReceipt(TenantModel):
    """A record that a member voted, written for all at once at the close; never how."""

    round = Key(PriorityRound, related_name="receipts")
    member = Key(Member, related_name="+")
    seat = Key(Seat, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "round", "member"], name="ballot_receipt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class SilentIdea(TenantModel):
    """An idea written down before anybody hears the others; an opportunity afterwards."""

    round = Key(PriorityRound, related_name="silent_ideas")
    member = Key(Member, related_name="+")
    kind = models.CharField(max_length=10, choices=OpportunityKind.choices)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OpportunityKind.values), name="silent_idea_kind"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="silent_idea_has_title"),
        ]

    def __str__(self) -> str:
        return f"silent idea {self.pk}"
