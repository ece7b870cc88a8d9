"""Groups, and who has a seat in them."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import BigIntegerField, Exists, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _

from accounts import bounds
from accounts.dated import DatedQuerySet, ends_after_start, holding, no_overlap
from accounts.models import Member, StandingKind
from accounts.permissions import Permission, Role
from foundation.history import History
from foundation.models import Agency, Door, Key, TenantModel, TenantQuerySet


class GroupKind(models.TextChoices):
    CELL = "cell", _("CQI cell")
    DIALOGUE = "dialogue", _("Dialogue")
    COMMITTEE = "committee", _("Oversight committee")
    GOVERNING_BODY = "governing_body", _("Governing body")
    COUNCIL = "council", _("Agency council")


class GroupQuerySet(TenantQuerySet["Group"]):
    def open(self, on: date) -> "GroupQuerySet":
        """Groups that exist on that day."""
        return self.lasting(on).filter(opened__lte=on)

    def lasting(self, on: date) -> "GroupQuerySet":
        """Groups not over by that day: they exist, or are yet to start."""
        return self.filter(Q(closed=None) | Q(closed__gt=on))

    def of_cqi(self, on: date) -> "GroupQuerySet":
        """Groups whose membership the third indicator counts on that day."""
        return self.filter(holding(on, "cqi_periods__"))

    def seating(self, member: Member, on: date) -> "GroupQuerySet":
        """Groups in which the member has a seat on that day."""
        seats = Seat.objects.within(member.agency).on(on).filter(member=member)
        return self.filter(pk__in=seats.values("group"))

    def visible_to(self, member: Member, on: date) -> "GroupQuerySet":
        """Groups whose existence the member may know of; `on` is today, never a past day."""
        if member.may(Permission.FACILITATE) or member.may(Permission.MANAGE_PEOPLE):
            return self
        seats = Seat.objects.within(member.agency).on(on).filter(member=member)
        return self.filter(Q(hidden=False) | Q(pk__in=seats.values("group")))

    def with_place_of(self, member: Member, on: date) -> "GroupQuerySet":
        """Groups with the member's place in each today, so that rules need no further query."""
        return self.annotate(**place(member, on, "pk"))


def place(member: Member, on: date, group: str) -> dict[str, Any]:
    """Annotations of the member's place that day in the group that the path leads to."""
    seats = Seat.objects.within(member.agency).on(on)
    mine = seats.filter(member=member, group=OuterRef(group))
    return {
        "place_of": Value(member.pk, output_field=BigIntegerField()),
        "place_office": Subquery(mine.values("office")[:1]),
        "place_voting": Subquery(mine.values("voting")[:1]),
    }


def hand_on(row: Any, group: "Group") -> None:
    """Pass a row's annotated place to its group, where the rules look for it."""
    for name in ("place_of", "place_office", "place_voting"):
        setattr(group, name, getattr(row, name))


class Group(TenantModel):
    """People who meet, deliberate and decide together."""

    subject_code = "group"

    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    hidden = models.BooleanField(
        default=False, help_text=_("Only its members and those who must know see that it exists.")
    )
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[GroupQuerySet]] = Door(GroupQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_name"),
            models.CheckConstraint(
                condition=Q(closed=None) | Q(closed__gte=models.F("opened")), name="group_period"
            ),
            # At most one open governing body and oversight committee.
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(kind__in=["committee", "governing_body"], closed=None),
                name="group_one_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, on: date) -> bool:
        """Whether it exists on that day."""
        return self.opened <= on and not self.is_over(on)

    def day_to_show(self, today: date) -> date:
        """Today, or the first day of a group yet to start."""
        return max(today, self.opened)

    def is_over(self, on: date) -> bool:
        """Whether it is closed by that day; a group yet to start is not."""
        return self.closed is not None and self.closed <= on


class Office(models.TextChoices):
    NONE = "", _("Member")
    CHAIR = "chair", _("Chair")
    CO_CHAIR = "co_chair", _("Co-chair")
    FACILITATOR = "facilitator", _("Facilitator")
    CO_FACILITATOR = "co_facilitator", _("Co-facilitator")
    NOTE_TAKER = "note_taker", _("Note taker")


class Ending(models.TextChoices):
    """Why a seat has a last day."""

    LEFT = "left", _("Given up")
    REPLACED = "replaced", _("Followed by another place")
    PROGRAM = "program", _("Left the program")
    GROUP = "group", _("The group ended")
    DECIDED = "decided", _("Decided")
    TERM = "term", _("The time of the founding members is over")


class SeatQuerySet(DatedQuerySet["Seat"]):
    def on(self, day: date) -> "SeatQuerySet":
        """Seats held on that day."""
        return self.filter(holding(day))

    def voting(self) -> "SeatQuerySet":
        return self.filter(voting=True)

    def of_consumers(self) -> "SeatQuerySet":
        """Seats taken by primary consumers whom the agency does not employ."""
        return self.filter(standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False)


class Seat(TenantModel):
    """A member's place in a group, with the standing they had when they took it."""

    subject_code = "seat"

    group = Key(Group, related_name="seats")
    member = Key(Member, related_name="+")
    standing = models.CharField(max_length=20, choices=StandingKind.choices)
    employed_peer = models.BooleanField(default=False)
    voting = models.BooleanField(default=True)
    office = models.CharField(max_length=20, choices=Office.choices, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    offer: "Any" = Key("groups.SeatOffer", related_name="seats", null=True, blank=True)
    ending = models.CharField(
        max_length=10, choices=Ending.choices, default="", db_default="", blank=True
    )
    ends_by: "Any" = Key(
        "groups.Motion",
        related_name="+",
        null=True,
        blank=True,
        help_text=_("The motion that set the last day, or took it away."),
    )
    stands_in: "Any" = Key(
        "groups.Alternate",
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Of an alternate: for whom they step in. Such a seat has no vote of its own."),
    )
    history = History()

    objects: ClassVar[Door[SeatQuerySet]] = Door(SeatQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=StandingKind.values), name="seat_standing"
            ),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="seat_office"),
            models.CheckConstraint(
                condition=Q(ending="") | Q(ending__in=Ending.values), name="seat_ending"
            ),
            models.CheckConstraint(
                condition=Q(employed_peer=False) | Q(standing="primary_consumer"),
                name="seat_peer_is_consumer",
            ),
            models.CheckConstraint(
                condition=Q(stands_in=None) | Q(voting=False, office=""),
                name="seat_of_alternate_has_no_vote",
            ),
            ends_after_start("seat_period"),
            no_overlap("seat_no_overlap", "group", "member"),
        ]
        indexes = [models.Index(fields=["agency", "member"], name="seat_member")]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def is_consumer(self) -> bool:
        """Whether it was taken by a primary consumer whom the agency does not employ."""
        return self.standing == StandingKind.PRIMARY_CONSUMER and not self.employed_peer


def _without_their_seat(agency: Agency, day: date) -> Q:
    """Committee roles whose holder's seat there has ended since the role was granted."""
    seats = Seat.objects.within(agency).filter(
        group__kind=GroupKind.COMMITTEE, member=OuterRef("member")
    )
    ended = seats.filter(until__lte=day, until__gt=OuterRef("since"))
    return Q(Exists(ended), ~Exists(seats.on(day)), role=Role.COMMITTEE)


bounds.register(_without_their_seat)
