"""Reviews over frozen snapshots, findings, numbered recommendations, answers and judgements."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Pause
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Group
from indicators.models import FrozenSnapshot


class CommitteeQuerySet(TenantQuerySet["Committee"]):
    def current(self) -> "CommitteeQuerySet":
        """The committee that exists today; an agency has at most one."""
        return self.filter(group__closed=None).select_related("group")


class Committee(TenantModel):
    """The oversight committee: a group that reviews, recommends and judges the answers."""

    group = OneKey(Group, related_name="+")

    objects: ClassVar[Door[CommitteeQuerySet]] = Door(CommitteeQuerySet)

    def __str__(self) -> str:
        return f"committee {self.pk}"


class ReviewStatus(models.TextChoices):
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


class Review(StatefulModel):
    """A review of a quarter, over a snapshot that stays the same during the meeting."""

    subject_code = "review"
    moves = Transitions(
        first=frozenset({ReviewStatus.OPEN}),
        moves={ReviewStatus.OPEN: frozenset({ReviewStatus.CLOSED})},
    )

    committee = Key(Committee, related_name="reviews")
    since = models.DateField(help_text=_("The first day of the period."))
    until = models.DateField(help_text=_("The first day after the period."))
    snapshot = OneKey(FrozenSnapshot, related_name="+")
    status = models.CharField(
        max_length=10, choices=ReviewStatus.choices, default=ReviewStatus.OPEN
    )
    opened_on = models.DateField()
    opened_by = Key(Member, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = Key(Member, null=True, blank=True, related_name="+")
    held_on = models.DateField(
        null=True, blank=True, help_text=_("The day on which the committee looked back.")
    )
    summary = models.TextField(blank=True)
    # The newest head of the record when it was closed (evidence), shown as eight words.
    sealed_day = models.DateField(null=True, blank=True)
    sealed_digest = models.CharField(max_length=64, default="", db_default="", blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_day=None, sealed_digest="")
                | Q(
                    status="closed", sealed_day__isnull=False, sealed_digest__regex="^[0-9a-f]{64}$"
                ),
                name="review_sealed_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReviewStatus.values), name="review_status"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="review_period"),
            models.CheckConstraint(
                condition=Q(status="open", closed_on=None, closed_by=None)
                | Q(status="closed", closed_on__isnull=False, closed_by__isnull=False),
                name="review_dated_when_closed",
            ),
            models.UniqueConstraint(
                fields=["agency", "committee", "since"], name="review_once_a_period"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(status="open"), name="review_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.since}"

    @property
    def is_open(self) -> bool:
        return self.status == ReviewStatus.OPEN


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("Something that goes well")
    CONCERN = "concern", _("Something that needs to change")


class Finding(TenantModel):
    """What the committee saw in one indicator, recorded outside the minutes too."""

    subject_code = "finding"

    review = Key(Review, related_name="findings")
    indicator = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=FindingKind.choices)
    text = models.TextField()
    recorded_by = Key(Member, related_name="+")
    recorded_on = models.DateField()
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_has_text"),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class RecommendationStatus(models.TextChoices):
    AWAITING = "awaiting", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered, to be judged")
    ACCEPTED = "accepted", _("Answer accepted, being carried out")
    CLOSED = "closed", _("Carried out")


class RecommendationQuerySet(TenantQuerySet["Recommendation"]):
    def awaiting(self) -> "RecommendationQuerySet":
        """Recommendations that management has to answer (again)."""
        return self.filter(status=RecommendationStatus.AWAITING)

    def answered(self) -> "RecommendationQuerySet":
        """Recommendations whose answer the committee has to judge."""
        return self.filter(status=RecommendationStatus.ANSWERED)

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
        """Recommendations of closed reviews."""
        return self.filter(finding__review__status=ReviewStatus.CLOSED)


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
            RecommendationStatus.ACCEPTED: frozenset({RecommendationStatus.CLOSED}),
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
    first_answer_due = models.DateField()
    answer_due = models.DateField(null=True, blank=True)
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


class ManagementResponse(TenantModel):
    """Management's answer to a recommendation; one that is sent back needs another."""

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
                condition=Q(answer="decline") | (~Q(actions="") & Q(actions_by__isnull=False)),
                name="response_says_what_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Judgement(TenantModel):
    """The committee's judgement of an answer; sending it back grants more days, with a reason."""

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


class PauseRuling(TenantModel):
    """The committee's finding on a pause of access: it continues, or ends at once."""

    pause = Key(Pause, related_name="+")
    upheld = models.BooleanField()
    by = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "pause"], name="pause_ruled_once"),
        ]

    def __str__(self) -> str:
        return f"ruling {self.pk}"
