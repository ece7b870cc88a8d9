"""What is prepared for the committee, and in force once its decision holds it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Decision, Meeting
from oversight.models.recommendations import ManagementResponse, Recommendation
from oversight.models.reviews import Finding, Review


class StepKind(models.TextChoices):
    RECOMMEND = "recommend", _("Recommend something")
    JUDGE = "judge", _("Judge an answer")
    VERIFY = "verify", _("Verify that something was carried out")
    REVIEW = "review", _("Close a review")
    MINUTES = "minutes", _("Approve minutes")


class StepState(models.TextChoices):
    OPEN = "open", _("Before the committee")
    DECIDED = "decided", _("Decided by the committee")
    DROPPED = "dropped", _("Did not come into force")


class CommitteeStepQuerySet(TenantQuerySet["CommitteeStep"]):
    def before_the_committee(self) -> "CommitteeStepQuerySet":
        """Steps that are prepared and not decided."""
        return self.filter(state=StepState.OPEN)

    def late(self, on: date) -> "CommitteeStepQuerySet":
        """Steps that the committee should have decided before that day."""
        return self.before_the_committee().filter(decide_by__lt=on)


class CommitteeStep(StatefulModel):
    """What somebody prepared for the committee, word for word, and the decision that holds it.

    RECOMMEND is about a finding (and names the recommendation once it is made), JUDGE about an
    answer, VERIFY about a recommendation (and what management reported, if it did), REVIEW about a
    review with all its findings, MINUTES about a meeting. `text` is what is asked, the reason, what
    was seen, the summary, or the minutes; `proposal` is the whole text put to the committee.
    `open_text` is what others read of the minutes, `left_out` why passages are left out.
    """

    subject_code = "committee_step"
    moves = Transitions(
        field="state",
        first=frozenset({StepState.OPEN}),
        moves={StepState.OPEN: frozenset({StepState.DECIDED, StepState.DROPPED})},
    )

    kind = models.CharField(max_length=10, choices=StepKind.choices)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    finding = Key(Finding, null=True, blank=True, related_name="steps")
    recommendation = Key(Recommendation, null=True, blank=True, related_name="steps")
    response = Key(ManagementResponse, null=True, blank=True, related_name="+")
    review = Key(Review, null=True, blank=True, related_name="steps")
    meeting = Key(Meeting, null=True, blank=True, related_name="+")
    satisfactory = models.BooleanField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    open_text = models.TextField(blank=True, default="", db_default="")
    left_out = models.TextField(blank=True, default="", db_default="")
    proposal = models.TextField(help_text=_("The words that the committee decides about."))
    owner = Key(Member, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    prepared_by = Key(Member, related_name="+")
    prepared_on = models.DateField()
    decide_by = models.DateField(help_text=_("The last day that the committee has for it."))
    decision = OneKey(Decision, null=True, blank=True, related_name="+")
    settled_on = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[CommitteeStepQuerySet]] = Door(CommitteeStepQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="step_kind"),
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_state"),
            models.CheckConstraint(
                condition=Q(
                    Q(kind="recommend", finding__isnull=False, review=None)
                    & Q(response=None, owner__isnull=False, due__isnull=False, satisfactory=None)
                    & (
                        Q(state="decided", recommendation__isnull=False)
                        | (~Q(state="decided") & Q(recommendation=None))
                    )
                    & ~Q(title="")
                    & ~Q(text="")
                )
                | Q(
                    Q(kind="judge", recommendation__isnull=False, response__isnull=False)
                    & Q(satisfactory__isnull=False, finding=None, review=None)
                    & (Q(satisfactory=True) | ~Q(text=""))
                )
                | Q(
                    Q(kind="verify", recommendation__isnull=False, finding=None, review=None)
                    & Q(satisfactory__isnull=False)
                    & (Q(satisfactory=True) | Q(response__isnull=False))
                    & ~Q(text="")
                )
                | Q(
                    Q(kind="review", review__isnull=False, held_on__isnull=False, finding=None)
                    & Q(recommendation=None, response=None, satisfactory=None)
                )
                | Q(
                    Q(kind="minutes", meeting__isnull=False, finding=None, review=None)
                    & Q(recommendation=None, response=None, satisfactory=None)
                    & ~Q(text="")
                    & ~Q(open_text="")
                ),
                name="step_says_what",
            ),
            models.CheckConstraint(
                condition=Q(kind="minutes") | Q(meeting=None, open_text="", left_out=""),
                name="step_about_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None)
                | (~Q(state="open") & Q(settled_on__isnull=False)),
                name="step_dated_when_settled",
            ),
            models.UniqueConstraint(
                fields=["agency", "recommendation"],
                condition=Q(state="open"),
                name="step_one_open_per_recommendation",
            ),
            models.UniqueConstraint(
                fields=["agency", "review"],
                condition=Q(state="open"),
                name="step_one_open_per_review",
            ),
            models.UniqueConstraint(
                fields=["agency", "meeting"],
                condition=Q(state="open"),
                name="step_one_open_per_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the committee has it before it now."""
        return self.state == StepState.OPEN
