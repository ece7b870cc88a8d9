"""Numbered recommendations, management's answers, and what the committee judges of them."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from oversight.models.reviews import Finding, ReviewStatus


class RecommendationStatus(models.TextChoices):
    AWAITING = "awaiting", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered, to be judged")
    ACCEPTED = "accepted", _("Answer accepted, being carried out")
    REPORTED = "reported", _("Carried out, to be verified")
    CLOSED = "closed", _("Verified and closed")


class RecommendationQuerySet(TenantQuerySet["Recommendation"]):
    def awaiting(self) -> "RecommendationQuerySet":
        """Recommendations that management has to answer (again)."""
        return self.filter(status=RecommendationStatus.AWAITING)

    def answered(self) -> "RecommendationQuerySet":
        """Recommendations whose answer the committee has to judge."""
        return self.filter(status=RecommendationStatus.ANSWERED)

    def to_report(self) -> "RecommendationQuerySet":
        """Recommendations that management promised to carry out and has not reported as done."""
        return self.filter(status=RecommendationStatus.ACCEPTED)

    def late(self, on: date) -> "RecommendationQuerySet":
        """Recommendations whose present stage was due before that day, whoever has to act."""
        return self.filter(stage_due__lt=on)

    def undecided(self) -> "RecommendationQuerySet":
        """Recommendations about which nothing is before the committee."""
        return self.exclude(steps__state="open")

    def judged_by(self, member: Member) -> "RecommendationQuerySet":
        """Recommendations in which the member has no conflict and no part of their own."""
        conflicts = ConflictDisclosure.objects.within(member.agency).filter(
            recommendation=OuterRef("pk"), member=member
        )
        answers = ManagementResponse.objects.within(member.agency).filter(
            recommendation=OuterRef("pk"), given_by=member
        )
        return self.exclude(owner=member).filter(~Exists(conflicts), ~Exists(answers))

    def to_carry_out(self, on: date, *, by: date | None = None) -> "RecommendationQuerySet":
        """Accepted recommendations that management promised to carry out by `by`.

        Their answer was accepted by `on`, and the committee has not closed them. `promised_by` is
        the promised day.
        """
        assert self.agency is not None, "to_carry_out() needs within(agency)"
        answers = ManagementResponse.objects.within(self.agency).filter(
            recommendation=OuterRef("pk"), judgement__satisfactory=True, judgement__on__lte=on
        )
        promised_by = Subquery(answers.order_by("-pk").values("actions_by")[:1])
        open_ = self.filter(Q(closed_on=None) | Q(closed_on__gt=on))
        until = date.max if by is None else by
        return open_.annotate(promised_by=promised_by).filter(promised_by__lte=until)

    def overdue(self, on: date) -> "RecommendationQuerySet":
        """Recommendations whose promised day has passed and that are not closed."""
        return self.to_carry_out(on, by=on - timedelta(days=1))

    def public(self) -> "RecommendationQuerySet":
        """Recommendations that the committee voted, and earlier ones of closed reviews."""
        return self.filter(Q(voted=True) | Q(finding__review__status=ReviewStatus.CLOSED))


class Recommendation(StatefulModel):
    """What the committee asks management to do, permanently numbered and followed up until done."""

    subject_code = "recommendation"
    moves = Transitions(
        first=frozenset({RecommendationStatus.AWAITING}),
        moves={
            RecommendationStatus.AWAITING: frozenset({RecommendationStatus.ANSWERED}),
            # Accepted, or sent back.
            RecommendationStatus.ANSWERED: frozenset(
                {RecommendationStatus.ACCEPTED, RecommendationStatus.AWAITING}
            ),
            RecommendationStatus.ACCEPTED: frozenset(
                {RecommendationStatus.REPORTED, RecommendationStatus.CLOSED}
            ),
            # Verified, or not carried out yet.
            RecommendationStatus.REPORTED: frozenset(
                {RecommendationStatus.CLOSED, RecommendationStatus.ACCEPTED}
            ),
        },
    )

    finding = Key(Finding, related_name="recommendations")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    owner = Key(Member, related_name="+")
    due = models.DateField(help_text=_("By when it should be carried out."))
    made_on = models.DateField()
    made_by = Key(Member, related_name="+")
    voted = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("The committee voted it; earlier ones were made in the meeting of a review."),
    )
    first_answer_due = models.DateField()
    answer_due = models.DateField(null=True, blank=True)
    stage_due = models.DateField(
        null=True, blank=True, help_text=_("The last day of its present stage, whoever has to act.")
    )
    escalated_on = models.DateField(
        null=True,
        blank=True,
        help_text=_("When the board’s chair was told that its stage is overdue."),
    )
    status = models.CharField(
        max_length=10, choices=RecommendationStatus.choices, default=RecommendationStatus.AWAITING
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_by = Key(Member, null=True, blank=True, related_name="+")
    evidence = models.TextField(blank=True, help_text=_("What shows that it was carried out."))
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[RecommendationQuerySet]] = Door(RecommendationQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=RecommendationStatus.values), name="recommendation_status"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="recommendation_has_title"),
            models.CheckConstraint(
                condition=Q(status="awaiting", answer_due__isnull=False)
                | (~Q(status="awaiting") & Q(answer_due=None)),
                name="recommendation_waits_until",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="closed", closed_on__isnull=False, closed_by__isnull=False)
                    & ~Q(evidence="")
                )
                | (~Q(status="closed") & Q(closed_on=None, closed_by=None, evidence="")),
                name="recommendation_closed_on_evidence",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", stage_due=None)
                | (~Q(status="closed") & Q(stage_due__isnull=False)),
                name="recommendation_stage_has_clock",
            ),
            models.CheckConstraint(
                condition=Q(escalated_on=None) | Q(escalated_on__gt=F("stage_due")),
                name="recommendation_escalated_when_late",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "serial"], name="recommendation_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"REC-{self.year}-{self.serial:03}"


class ManagementAnswer(models.TextChoices):
    ACCEPT = "accept", _("We will do it")
    PARTLY = "partly", _("We will do part of it")
    DECLINE = "decline", _("We will not do it")
    DONE = "done", _("It is carried out")


# How management answers what is asked; that it is done, it says later.
ANSWERS = (ManagementAnswer.ACCEPT, ManagementAnswer.PARTLY, ManagementAnswer.DECLINE)


class ManagementResponse(TenantModel):
    """Management's answer to a recommendation, and later that it is carried out, with evidence.

    One that is sent back needs another.
    """

    recommendation = Key(Recommendation, related_name="responses")
    answer = models.CharField(max_length=10, choices=ManagementAnswer.choices)
    reason = models.TextField()
    actions = models.TextField(blank=True)
    actions_by = models.DateField(null=True, blank=True)
    given_by = Key(Member, related_name="+")
    given_on = models.DateField()
    given_at = models.DateTimeField(default=timezone.now)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=ManagementAnswer.values), name="response_answer"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="response_has_reason"),
            models.CheckConstraint(
                condition=Q(answer__in=["decline", "done"])
                | (~Q(actions="") & Q(actions_by__isnull=False)),
                name="response_says_what_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Judgement(TenantModel):
    """The committee's judgement of an answer; sending it back grants more days, with a reason.

    `by` prepared it, and a step of the committee holds it; earlier ones were one member's.
    """

    response = OneKey(ManagementResponse, related_name="judgement")
    satisfactory = models.BooleanField()
    reason = models.TextField(blank=True)
    by = Key(Member, related_name="+")
    on = models.DateField()
    answer_due = models.DateField(null=True, blank=True)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfactory=True, answer_due=None)
                | (Q(satisfactory=False, answer_due__isnull=False) & ~Q(reason="")),
                name="judgement_sends_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk}"


class ConflictDisclosure(TenantModel):
    """A committee member's conflict of interest, which bars them from judging the answers."""

    recommendation = Key(Recommendation, related_name="conflicts")
    member = Key(Member, related_name="+")
    text = models.TextField()
    on = models.DateField()
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "recommendation", "member"], name="conflict_disclosed_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="conflict_has_text"),
        ]

    def __str__(self) -> str:
        return f"conflict {self.pk}"
