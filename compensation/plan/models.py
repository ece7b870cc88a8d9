"""The compensation plan, version by version, and what each version pays for each kind of work."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.dated import DateRange
from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from groups.models import Decision


class PlanVersionQuerySet(TenantQuerySet["PlanVersion"]):
    def in_force(self, on: date) -> "PlanVersionQuerySet":
        """The version adopted and in force on that day."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def drafts(self) -> "PlanVersionQuerySet":
        return self.filter(since=None)

    def ends_unless_ratified(self) -> "PlanVersionQuerySet":
        """Provisional versions that the committee has not ratified."""
        return self.filter(attested_on__isnull=False, ratified_on=None)

    def asked_of(self, member: Member) -> "PlanVersionQuerySet":
        """Drafts whose paper this member is asked to confirm."""
        return self.drafts().filter(asked=member)


class PlanVersion(TenantModel):
    """One version of the plan with its rate; in force from `since`, a draft without it.

    A provisional one rests on a paper that two people confirmed, and ends with the founding unless
    it is ratified: one put it there (`put_by`), another who was there (`asked`) attests to it.
    """

    subject_code = "payment_plan_version"

    number = models.PositiveIntegerField()
    text = models.TextField(_("what the plan says"))
    hourly_rate = models.DecimalField(_("payment for an hour"), max_digits=7, decimal_places=2)
    daily_cap = models.DecimalField(
        _("most for one day"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    due_days = models.PositiveSmallIntegerField(
        _("days until it is paid"), default=14, db_default=14
    )
    drafted_by = Key(Member, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    ratification = Key(Decision, null=True, blank=True, related_name="+")
    ratified_on = models.DateField(null=True, blank=True)
    paper_on = models.DateField(null=True, blank=True, help_text=_("When it was decided."))
    paper_text = models.TextField(blank=True, default="", db_default="")
    put_by = Key(Member, null=True, blank=True, related_name="+")
    put_on = models.DateField(null=True, blank=True)
    asked = Key(Member, null=True, blank=True, related_name="+")
    attested_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[PlanVersionQuerySet]] = Door(PlanVersionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="plan_number"),
            models.CheckConstraint(condition=Q(hourly_rate__gt=0), name="plan_rate_positive"),
            models.CheckConstraint(
                condition=Q(daily_cap=None) | Q(daily_cap__gt=0), name="plan_cap_positive"
            ),
            models.CheckConstraint(condition=Q(due_days__range=(1, 90)), name="plan_due_days"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="plan_period"
            ),
            models.CheckConstraint(
                condition=Q(paper_on=None, paper_text="", put_by=None, put_on=None, asked=None)
                | (
                    Q(paper_on__isnull=False, put_on__isnull=False)
                    & Q(put_on__gte=models.F("paper_on"))
                    & ~Q(paper_text="")
                    & Q(put_by__isnull=False, asked__isnull=False)
                ),
                name="plan_paper_whole",
            ),
            models.CheckConstraint(
                condition=Q(asked=None) | ~Q(asked=models.F("put_by")), name="plan_two_people"
            ),
            models.CheckConstraint(
                condition=Q(attested_on=None)
                | Q(asked__isnull=False, since__isnull=False, attested_on=models.F("since")),
                name="plan_provisional_at_once",
            ),
            models.CheckConstraint(
                condition=Q(attested_on=None) | Q(until__isnull=False) | ~Q(ratified_on=None),
                name="plan_provisional_ends",
            ),
            ExclusionConstraint(
                name="plan_no_overlap",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def provisional(self) -> bool:
        """Whether it was put in force for the founding."""
        return self.attested_on is not None

    @property
    def last_day(self) -> date | None:
        """The last day it is in force; None while no end is known."""
        if self.since is None or self.until is None:
            return None
        return max(self.since, self.until - timedelta(days=1))

    @property
    def waiting(self) -> bool:
        """Whether its paper waits for the second person."""
        return self.asked_id is not None and self.since is None

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        started = self.since is not None and self.since <= on
        return started and (self.until is None or on < self.until)


class WorkKind(models.TextChoices):
    """Kinds of work that a plan can pay; meetings are paid by the version's own hourly rate."""

    MEETING = "meeting", _("Meetings")
    DIALOGUE = "dialogue", _("Dialogue sessions")
    CO_FACILITATION = "co_facilitation", _("Co-facilitating a dialogue session")
    PREPARATION = "preparation", _("Preparing for a meeting")
    ORIENTATION = "orientation", _("Orientation")
    TRAVEL = "travel", _("Travel time")
    LATE_CANCELLATION = "late_cancellation", _("Meeting called off late")
    SURVEY = "survey", _("Being asked to fill in a survey")


class RateBasis(models.TextChoices):
    HOUR = "hour", _("an hour")
    SESSION = "session", _("each time")
    DAY = "day", _("a day")


class RateRuleQuerySet(TenantQuerySet["RateRule"]):
    def paying(self) -> "RateRuleQuerySet":
        """Rules with an amount; one that was emptied while the version was a draft pays nothing."""
        return self.filter(amount__isnull=False)


class RateRule(TenantModel):
    """What a version pays for one kind of work; without an amount, nothing of its own.

    `hours_ahead`: a meeting called off less than so many hours ahead counts as called off late.
    Once people decide on the version, a trigger keeps its rules as they are.
    """

    plan = Key(PlanVersion, related_name="rate_rules")
    work = models.CharField(max_length=20, choices=WorkKind.choices)
    basis = models.CharField(max_length=10, choices=RateBasis.choices)
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    hours_ahead = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[Door[RateRuleQuerySet]] = Door(RateRuleQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "plan", "work"], name="rate_rule_once"),
            models.CheckConstraint(
                condition=Q(work__in=WorkKind.values) & ~Q(work="meeting"), name="rate_rule_work"
            ),
            models.CheckConstraint(condition=Q(basis__in=RateBasis.values), name="rate_rule_basis"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="rate_rule_positive"
            ),
            models.CheckConstraint(
                condition=Q(
                    work="late_cancellation",
                    basis="session",
                    hours_ahead__isnull=False,
                    hours_ahead__gt=0,
                )
                | (~Q(work="late_cancellation") & Q(hours_ahead=None)),
                name="rate_rule_hours_ahead",
            ),
            # Nobody knows who answers, let alone for how long.
            models.CheckConstraint(
                condition=~Q(work="survey") | Q(basis="session"), name="rate_rule_survey_each_time"
            ),
        ]

    def __str__(self) -> str:
        return self.work
