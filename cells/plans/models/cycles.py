from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.plans.models.drivers import Driver
from cells.plans.models.plans import ActionPlan
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from measures.definitions.models import Measure


class CyclePart(models.TextChoices):
    """The parts of a test, in order; its dates determine the current one."""

    PLAN = "plan", _("Plan")
    DO = "do", _("Do")
    STUDY = "study", _("Study")
    ACT = "act", _("Act")


class Foretold(models.TextChoices):
    """How the result compares with the prediction."""

    YES = "yes", _("Yes, as we expected")
    PARTLY = "partly", _("In part")
    NO = "no", _("No, it was different")


class CycleOutcome(models.TextChoices):
    ADOPT = "adopt", _("Keep the change")
    ADAPT = "adapt", _("Change it and test again")
    ABANDON = "abandon", _("Leave it")


class CycleQuerySet(TenantQuerySet["PDSACycle"]):
    def running(self) -> "CycleQuerySet":
        """Tests that have started and not ended."""
        return self.unfinished().filter(started_on__isnull=False)

    def unfinished(self) -> "CycleQuerySet":
        """Tests that are planned or running."""
        return self.filter(ended_on=None, broken_off_on=None)

    def tried(self) -> "CycleQuerySet":
        return self.filter(started_on__isnull=False)


class PDSACycle(TenantModel):
    """A small test of a change: planned with a prediction, done, compared, acted upon.

    A test can continue from a former one: together they are a ramp. The contents of a part may be
    filled in over time; a part is complete on its day: `started_on`, `done_on`, `studied_on`,
    `ended_on`.
    """

    subject_code = "small_test"

    plan = Key(ActionPlan, related_name="cycles")
    number = models.PositiveIntegerField(help_text=_("Counts the tests of the plan."))
    change_idea = Key(Driver, related_name="cycles", null=True, blank=True)
    former = OneKey("self", related_name="next", null=True, blank=True)
    title = models.CharField(max_length=120)
    planned_on = models.DateField()
    objective = models.TextField(blank=True)
    prediction = models.TextField(blank=True)
    what = models.TextField(blank=True)
    leader = Key(Member, related_name="+", null=True, blank=True)
    who = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=200, blank=True)
    scale = models.CharField(max_length=200, blank=True)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    measure = Key(Measure, related_name="+", null=True, blank=True)
    looked_at = models.TextField(blank=True)
    happened = models.TextField(blank=True)
    unexpected = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    foretold = models.CharField(max_length=10, choices=Foretold.choices, blank=True)
    outcome = models.CharField(max_length=10, choices=CycleOutcome.choices, blank=True)
    reason = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    studied_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    broken_off_on = models.DateField(
        null=True, blank=True, help_text=_("It ended with its cell before all parts were done.")
    )
    broken_off_because = models.TextField(blank=True)
    recorded_on = models.DateField(
        null=True, blank=True, help_text=_("It was done on paper, and written down on this day.")
    )
    recorded_by = Key(Member, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[CycleQuerySet]] = Door(CycleQuerySet)

    class Meta(TenantModel.Meta):
        verbose_name = "PDSA cycle"
        constraints = [
            models.UniqueConstraint(fields=["agency", "plan", "number"], name="cycle_numbered"),
            models.CheckConstraint(condition=~Q(title=""), name="cycle_has_title"),
            models.CheckConstraint(
                condition=Q(foretold="") | Q(foretold__in=Foretold.values), name="cycle_foretold"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=CycleOutcome.values), name="cycle_outcome"
            ),
            models.CheckConstraint(
                condition=Q(from_day=None) | Q(to_day=None) | Q(to_day__gte=F("from_day")),
                name="cycle_days_in_order",
            ),
            models.CheckConstraint(
                # A test done outside the portal may lack what a form would have required.
                condition=Q(started_on=None)
                | Q(recorded_on__isnull=False)
                | (
                    ~Q(objective="")
                    & ~Q(prediction="")
                    & ~Q(what="")
                    & ~Q(who="")
                    & ~Q(where="")
                    & ~Q(scale="")
                    & Q(leader__isnull=False, from_day__isnull=False, to_day__isnull=False)
                    & (Q(measure__isnull=False) | ~Q(looked_at=""))
                ),
                name="cycle_whole_when_started",
            ),
            models.CheckConstraint(
                condition=Q(recorded_on=None, recorded_by=None)
                | Q(
                    prediction="",
                    recorded_on__isnull=False,
                    recorded_by__isnull=False,
                    done_on__isnull=False,
                ),
                name="cycle_recorded_without_prediction",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None)
                | (~Q(happened="") & Q(done_on__gte=F("started_on"), started_on__isnull=False)),
                name="cycle_done_with_what_happened",
            ),
            models.CheckConstraint(
                condition=Q(studied_on=None)
                | (
                    ~Q(learned="")
                    & ~Q(foretold="")
                    & Q(studied_on__gte=F("done_on"), done_on__isnull=False)
                ),
                name="cycle_studied_with_comparison",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="")
                | (
                    ~Q(outcome="")
                    & ~Q(reason="")
                    & Q(ended_on__isnull=False, studied_on__isnull=False)
                    & Q(ended_on__gte=F("studied_on"))
                ),
                name="cycle_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(broken_off_on=None, broken_off_because="")
                | Q(broken_off_on__isnull=False, ended_on=None) & ~Q(broken_off_because=""),
                name="cycle_broken_off_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "leader"],
                condition=Q(ended_on=None),
                name="cycle_leader_open",
            ),
            models.Index(fields=["agency", "measure"], name="cycle_measure"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def part(self) -> CyclePart | None:
        """The part to fill in next; None once the test has ended or was broken off."""
        if self.broken_off_on is not None:
            return None
        for part, over in (
            (CyclePart.PLAN, self.started_on),
            (CyclePart.DO, self.done_on),
            (CyclePart.STUDY, self.studied_on),
            (CyclePart.ACT, self.ended_on),
        ):
            if over is None:
                return part
        return None
