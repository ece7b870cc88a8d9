from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.ideas.models import Opportunity
from foundation.history import History
from foundation.models import Agency, Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Decision, Meeting
from measures.definitions.models import Measure


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Being made")
    ACTIVE = "active", _("Under way")
    STOPPED = "stopped", _("Stopped")
    FINISHED = "finished", _("Finished")


class Cadence(models.TextChoices):
    """How often the plan is reviewed."""

    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")


class ActionPlan(StatefulModel):
    """How a chosen opportunity should improve, and how the cell will know.

    It includes the evaluation plan: who reviews it, how often, and what would make the cell adapt
    it or stop. `next_review_on` is set when the plan begins and at each review.

    `slipped_on`: the day since which a finished plan's chart shows that the gain is lost;
    `left_on`: when the cell, asked about it, left it at that.
    """

    subject_code = "action_plan"
    moves = Transitions(
        first=frozenset({PlanStatus.DRAFT}),
        moves={
            PlanStatus.DRAFT: frozenset({PlanStatus.ACTIVE, PlanStatus.STOPPED}),
            PlanStatus.ACTIVE: frozenset({PlanStatus.STOPPED, PlanStatus.FINISHED}),
            # Back to the former state if the closing of its cell is undone.
            PlanStatus.STOPPED: frozenset({PlanStatus.ACTIVE, PlanStatus.DRAFT}),
            PlanStatus.FINISHED: frozenset({PlanStatus.DRAFT}),
        },
    )

    opportunity = OneKey(Opportunity, related_name="plan")
    aim = models.TextField(blank=True)
    looked_at_by = Key(Member, related_name="+", null=True, blank=True)
    cadence = models.CharField(max_length=10, choices=Cadence.choices, blank=True)
    adapt_if = models.TextField(blank=True, help_text=_("What would make us adapt it or stop."))
    status = models.CharField(max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    begun_on = models.DateField()
    activated_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    slipped_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PlanStatus.values), name="action_plan_status"
            ),
            models.CheckConstraint(
                condition=Q(cadence="") | Q(cadence__in=Cadence.values), name="action_plan_cadence"
            ),
            models.CheckConstraint(
                condition=~Q(status="active")
                | (
                    ~Q(aim="")
                    & ~Q(cadence="")
                    & ~Q(adapt_if="")
                    & Q(
                        looked_at_by__isnull=False,
                        activated_on__isnull=False,
                        next_review_on__isnull=False,
                    )
                ),
                name="action_plan_whole_when_active",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active"])
                | Q(ended_on__isnull=False, next_review_on=None),
                name="action_plan_dated_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(slipped_on=None, left_on=None)
                | Q(status="finished", slipped_on__isnull=False),
                name="action_plan_slips_once_finished",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "looked_at_by"],
                condition=Q(status="active"),
                name="action_plan_looked_at_by",
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def asks(self) -> bool:
        """Whether the cell must decide what to do about a slipped gain."""
        return self.slipped_on is not None and self.left_on is None


class StandardRole(models.TextChoices):
    """A measure's role in a plan; every plan has at least one outcome."""

    OUTCOME = "outcome", _("Shows whether it got better")
    PROCESS = "process", _("Shows whether we do what we planned")
    BALANCING = "balancing", _("Shows whether something else gets worse")


class OutcomeStandard(TenantModel):
    """A measure's baseline, its goal and the day to reach it; in displayed units.

    `baseline_through` is the baseline's last period, frozen on `frozen_on`: later results never
    move the middle and limits it is compared with.
    """

    plan = Key(ActionPlan, related_name="standards")
    measure = Key(Measure, related_name="standards")
    role = models.CharField(
        max_length=10, choices=StandardRole.choices, default=StandardRole.OUTCOME
    )
    baseline = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_through = models.DateField(null=True, blank=True)
    frozen_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "plan", "measure"], name="standard_once_per_measure"
            ),
            models.CheckConstraint(condition=Q(role__in=StandardRole.values), name="standard_role"),
            models.CheckConstraint(
                condition=(Q(baseline=None) | Q(baseline__gte=0))
                & (Q(target=None) | Q(target__gte=0)),
                name="standard_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(baseline_through=None, frozen_on=None)
                | Q(baseline_through__isnull=False, frozen_on__isnull=False),
                name="standard_frozen_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"standard {self.pk}"


class Cause(models.TextChoices):
    """What changed, or might have changed, a frozen baseline."""

    CORRECTED = "corrected", _("Numbers in the baseline were corrected")
    ADDED = "added", _("Numbers were added to the baseline")
    LEFT_OUT = "left_out", _("What belongs to the baseline was changed on the chart")
    CHART = "chart", _("Another chart was chosen")
    REDEFINED = "redefined", _("What the measure counts was changed")
    SET_ANEW = "set_anew", _("The baseline was set anew")
    CONFIRMED = "confirmed", _("Baseline and goal were confirmed")


class BaselineChangeQuerySet(TenantQuerySet["BaselineChange"]):
    def open(self) -> "BaselineChangeQuerySet":
        """Changes that the cell has not confirmed yet."""
        return self.filter(confirmed_on=None)


class BaselineChange(TenantModel):
    """A change affecting a begun plan's frozen baseline: by whom, when and why.

    `before` and `after` are baselines in displayed units. A change that moved it stays open until
    the cell confirms baseline and goal. `made_in` is the transaction: the database lets nobody
    change a frozen baseline without such a row.
    """

    standard = Key(OutcomeStandard, related_name="changes")
    cause = models.CharField(max_length=10, choices=Cause.choices)
    on = models.DateField()
    by = Key(Member, related_name="+", null=True, blank=True)
    reason = models.TextField(blank=True)
    before = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = Key(Member, related_name="+", null=True, blank=True)
    made_in = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()),
        editable=False,
    )

    objects: ClassVar[Door[BaselineChangeQuerySet]] = Door(BaselineChangeQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=Cause.values), name="baseline_change_cause"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(cause__in=["added", "chart"]),
                name="baseline_change_says_why",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(confirmed_on__gte=F("on")),
                name="baseline_change_confirmed_afterwards",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "standard"],
                condition=Q(confirmed_on=None),
                name="baseline_change_open",
            )
        ]

    def __str__(self) -> str:
        return f"baseline change {self.pk}"


class StepStatus(models.TextChoices):
    TO_DO = "to_do", _("To do")
    STARTED = "started", _("Started")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


STILL_OPEN = (StepStatus.TO_DO, StepStatus.STARTED)


def clock_stopped(agency: Agency, on: date, path: str) -> Exists:
    """Whether nothing counts as late that day of the member to whom this path leads."""
    people = Member.objects.within(agency).clocks_stopped(on)
    return Exists(people.filter(pk=OuterRef(path)))


class StepQuerySet(TenantQuerySet["ActionStep"]):
    def still_open(self) -> "StepQuerySet":
        return self.filter(status__in=STILL_OPEN)

    def overdue(self, on: date) -> "StepQuerySet":
        """Steps due before that day and not done, unless their owner's clock stands still."""
        assert self.agency is not None, "overdue() is asked within(agency)"
        rows = self.still_open().filter(due__lt=on)
        return rows.filter(~clock_stopped(self.agency, on, "owner"))

    def with_clocks(self, on: date) -> "StepQuerySet":
        """Annotate whether the clock of each step's owner stands still that day."""
        assert self.agency is not None, "with_clocks() is asked within(agency)"
        return self.annotate(clock_stopped=clock_stopped(self.agency, on, "owner"))


class ActionStep(StatefulModel):
    """One thing that somebody will do by a day."""

    subject_code = "action_step"
    moves = Transitions(
        first=frozenset({StepStatus.TO_DO}),
        moves={
            StepStatus.TO_DO: frozenset({StepStatus.STARTED, StepStatus.DONE, StepStatus.DROPPED}),
            StepStatus.STARTED: frozenset({StepStatus.DONE, StepStatus.DROPPED}),
            StepStatus.DONE: frozenset({StepStatus.STARTED}),
            StepStatus.DROPPED: frozenset(STILL_OPEN),
        },
    )

    plan = Key(ActionPlan, related_name="steps")
    what = models.CharField(max_length=200)
    change_idea = Key("cells.Driver", related_name="steps", null=True, blank=True)
    owner = Key(Member, related_name="+", null=True, blank=True)
    co_owner = Key(Member, related_name="+", null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=StepStatus.choices, default=StepStatus.TO_DO)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text=_("Why it was dropped."))
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[StepQuerySet]] = Door(StepQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=StepStatus.values), name="action_step_status"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="action_step_says_what"),
            models.CheckConstraint(
                condition=Q(co_owner=None) | (Q(owner__isnull=False) & ~Q(co_owner=F("owner"))),
                name="action_step_two_owners_differ",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""),
                name="action_step_dropped_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_do", "started"], ended_on=None)
                | Q(status__in=["done", "dropped"], ended_on__isnull=False),
                name="action_step_dated_when_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "owner"],
                condition=Q(status__in=["to_do", "started"]),
                name="action_step_open_owner",
            )
        ]

    def __str__(self) -> str:
        return self.what

    def is_overdue(self, on: date) -> bool:
        """As `StepQuerySet.overdue`; no query for steps loaded `with_clocks`."""
        late = self.status in STILL_OPEN and self.due is not None and self.due < on
        if not late or self.owner_id is None:
            return late
        stopped: bool | None = getattr(self, "clock_stopped", None)
        if stopped is None:
            people = Member.objects.within(self.agency).clocks_stopped(on)
            stopped = people.filter(pk=self.owner_id).exists()
        return not stopped


class StepDependency(TenantModel):
    """A step's dependency on another step of the plan, which must be done or dropped first."""

    step = Key(ActionStep, related_name="needs")
    needed = Key(ActionStep, related_name="needed_by")

    class Meta(TenantModel.Meta):
        verbose_name_plural = "step dependencies"
        constraints = [
            models.UniqueConstraint(fields=["agency", "step", "needed"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(step=F("needed")), name="dependency_not_on_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} after {self.needed_id}"


class ReviewOutcome(models.TextChoices):
    GO_ON = "go_on", _("Go on as planned")
    ADAPT = "adapt", _("Change something and go on")
    STOP = "stop", _("Stop")
    LASTS = "lasts", _("It lasts. Keep looking")
    ENOUGH = "enough", _("It lasts. We need not look any more")
    SLIPPED = "slipped", _("It slipped. Take it up again")
    LEFT = "left", _("It slipped. Leave it as it is")


# Possible outcomes of a review while the plan is under way, and once it is finished.
WHILE_ACTIVE = (ReviewOutcome.GO_ON, ReviewOutcome.ADAPT, ReviewOutcome.STOP)
ONCE_FINISHED = (
    ReviewOutcome.LASTS,
    ReviewOutcome.ENOUGH,
    ReviewOutcome.SLIPPED,
    ReviewOutcome.LEFT,
)


class EvaluationReview(TenantModel):
    """A review of whether the plan works; `meeting` is the one at which the cell reviewed it.

    `seen` is what the charts said at that moment, one line per measure, stored with the review.
    """

    plan = Key(ActionPlan, related_name="reviews")
    on = models.DateField()
    by = Key(Member, related_name="+")
    meeting = Key(Meeting, related_name="+", null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices)
    note = models.TextField()
    seen = models.TextField(blank=True)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=ReviewOutcome.values), name="evaluation_outcome"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="evaluation_has_note"),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class SustainPlan(TenantModel):
    """Who keeps checking once a plan is finished, how often, and what would reopen it.

    `next_look_on` is set at the start and at each review; it ends when no more checks are needed,
    or when the gain has slipped.
    """

    plan = OneKey(ActionPlan, related_name="sustain")
    looked_at_by = Key(Member, related_name="+")
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    reopen_if = models.TextField()
    made_on = models.DateField()
    made_by = Key(Member, related_name="+")
    next_look_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="sustain_cadence"),
            models.CheckConstraint(condition=~Q(reopen_if=""), name="sustain_says_what_reopens"),
            models.CheckConstraint(
                condition=Q(next_look_on__isnull=False, ended_on=None)
                | Q(next_look_on=None, ended_on__isnull=False),
                name="sustain_looks_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"sustain plan {self.pk}"


class Reopening(TenantModel):
    """An idea taken up again because its gain has slipped.

    It keeps what the idea had achieved: since when it was worked on, the decision that it worked,
    and what was told. `seen` is what the charts said at that moment.
    """

    opportunity = Key(Opportunity, related_name="reopenings")
    worked_from = models.DateField()
    decision = Key(Decision, related_name="+")
    done_on = models.DateField()
    result = models.TextField()
    told = models.TextField()
    on = models.DateField()
    by = Key(Member, related_name="+")
    reason = models.TextField()
    seen = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why"),
            models.CheckConstraint(
                condition=Q(done_on__gte=F("worked_from"), on__gte=F("done_on")),
                name="reopening_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"reopening {self.pk}"
