"""Outside contacts, requests to be contacted, and pairs of people who must not meet."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.dated import DatedQuerySet, ends_after_start, no_overlap
from accounts.models import Member
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from safety.policies import LONGEST_REVIEW


class ContactKind(models.TextChoices):
    OMBUDS = "ombuds", _("Ombuds")
    ADVOCACY = "advocacy", _("Protection and advocacy")
    RIGHTS = "rights", _("Rights officer")
    REPORTING = "reporting", _("Reporting hotline of the state")


# People to turn to; the hotline, in contrast, is for mandated reports.
CONTACTS = (ContactKind.OMBUDS, ContactKind.ADVOCACY, ContactKind.RIGHTS)


class OutsideContact(TenantModel):
    """How one outside contact is reached, with start and end dates; earlier ones stay on record."""

    subject_code = "outside_contact"

    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    address = models.TextField(blank=True)
    rule = models.TextField(
        blank=True, help_text=_("Who must report what, by the law of the state.")
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = Key(Member, related_name="+")

    objects: ClassVar[Door[DatedQuerySet["OutsideContact"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="outside_contact_kind"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""), name="outside_contact_can_be_called"
            ),
            models.CheckConstraint(
                condition=(Q(kind="reporting") & ~Q(rule="")) | (~Q(kind="reporting") & Q(rule="")),
                name="outside_contact_reporting_has_rule",
            ),
            ends_after_start("outside_contact_period"),
            no_overlap("outside_contact_no_overlap", "kind"),
        ]

    def __str__(self) -> str:
        return self.name


class CallQuerySet(TenantQuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        """Requests that are neither answered nor withdrawn."""
        return self.filter(done_on=None, taken_back_on=None)

    def unseen(self) -> "CallQuerySet":
        """Open requests that nobody has looked at."""
        return self.open().filter(looked_on=None)


class Call(TenantModel):
    """A member's request to be contacted by people they choose."""

    subject_code = "call"

    member = Key(Member, related_name="+")
    how = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    look_by = models.DateField()
    looked_on = models.DateField(null=True, blank=True)
    looked_by = Key(Member, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = Key(Member, null=True, blank=True, related_name="+")
    taken_back_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Door[CallQuerySet]] = Door(CallQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(done_on=None, taken_back_on=None),
                name="call_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(look_by__gt=F("asked_on")), name="call_clock_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(looked_on=None, looked_by=None)
                | Q(
                    looked_on__isnull=False,
                    looked_on__gte=F("asked_on"),
                    looked_by__isnull=False,
                ),
                name="call_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(
                    looked_on__isnull=False,
                    done_on__isnull=False,
                    done_on__gte=F("looked_on"),
                    done_by__isnull=False,
                    taken_back_on=None,
                ),
                name="call_done_after_looking",
            ),
            models.CheckConstraint(
                condition=(Q(looked_by=None) | ~Q(looked_by=F("member")))
                & (Q(done_by=None) | ~Q(done_by=F("member"))),
                name="call_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class Chosen(TenantModel):
    """A facilitator the member wants to hear from; nobody else knows of the request."""

    call = Key(Call, related_name="chosen")
    member = Key(Member, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "call", "member"], name="call_chosen_once"),
        ]

    def __str__(self) -> str:
        return f"chosen {self.pk}"


class ApartReason(models.TextChoices):
    COURT_ORDER = "court_order", _("A court order")
    AGREEMENT = "agreement", _("A safety agreement between the two")
    OTHER = "other", _("Another reason")


class ApartEnd(models.TextChoices):
    LIFTED = "lifted", _("The order or the agreement is over")
    MISTAKE = "mistake", _("It was recorded by mistake")
    BOTH_AGREE = "both_agree", _("Both say that it is no longer needed")


class NoContactQuerySet(DatedQuerySet["NoContact"]):
    def lasting(self, on: date) -> "NoContactQuerySet":
        """Orders in force on that day or later."""
        ends_later = Q(until=None) | (Q(until__gt=on) & Q(until__gt=F("since")))
        return self.filter(ends_later)

    def to_review(self, on: date, by: date) -> "NoContactQuerySet":
        """Orders in force on `on` whose review is due by `by`."""
        return self.lasting(on).filter(review_by__lte=by)


class NoContact(TenantModel):
    """An order that keeps two members out of the same room between two dates.

    `one` has the lower key, so that each pair has one spelling. `one_knows`, `other_knows`: whether
    each was told, by a person and never by the portal; whoever was not told cannot read it.
    """

    subject_code = "no_contact"

    one = Key(Member, related_name="+")
    other = Key(Member, related_name="+")
    reason = models.CharField(max_length=20, choices=ApartReason.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    one_knows = models.BooleanField(default=False, db_default=False)
    other_knows = models.BooleanField(default=False, db_default=False)
    review_by = models.DateField(help_text=_("The day by which an administrator looks at it."))
    reviewed_on = models.DateField(help_text=_("The last day on which somebody looked at it."))
    reviewed_by = Key(Member, related_name="+")
    by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = Key(Member, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=20, choices=ApartEnd.choices, blank=True)

    objects: ClassVar[Door[NoContactQuerySet]] = Door(NoContactQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="no_contact_of_two_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ApartReason.values), name="no_contact_reason"
            ),
            models.CheckConstraint(
                condition=(Q(one_knows=True) | Q(other_knows=True)), name="no_contact_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason="agreement") | Q(one_knows=True, other_knows=True),
                name="no_contact_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=~(Q(by=F("one")) | Q(by=F("other")))
                & ~(Q(reviewed_by=F("one")) | Q(reviewed_by=F("other"))),
                name="no_contact_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(review_by__gt=F("reviewed_on"))
                & Q(review_by__lte=F("reviewed_on") + LONGEST_REVIEW.span),
                name="no_contact_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, until__isnull=False)
                    & Q(ended_why__in=ApartEnd.values)
                    & ~(Q(ended_by=F("one")) | Q(ended_by=F("other")))
                ),
                name="no_contact_ended_by_a_third",
            ),
            ends_after_start("no_contact_period"),
            no_overlap("no_contact_no_overlap", "one", "other"),
        ]

    def __str__(self) -> str:
        return f"no contact {self.pk}"

    def runs(self, on: date) -> bool:
        """Whether the order is in force on that day or starts later."""
        return self.until is None or self.until > max(on, self.since)

    def is_known_to(self, member: Member) -> bool:
        """Whether this member is one of the two and was told."""
        return (member.pk == self.one_id and self.one_knows) or (
            member.pk == self.other_id and self.other_knows
        )
