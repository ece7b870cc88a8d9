"""People: users, members of agencies, and their dated roles and standings."""

import uuid
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import bounds
from accounts.access_log import AccessLog as AccessLog  # Django looks for it here.
from accounts.away import Away, TimeAway, away_on
from accounts.consented import Audience as Audience
from accounts.consented import Consent as Consent
from accounts.dated import DatedQuerySet, ends_after_start, holding, no_overlap
from accounts.leaves import Leave
from accounts.namesakes import NameKey, told_apart
from accounts.people_lists import PeopleList as PeopleList  # Django looks for it here.
from accounts.permissions import ROLES, Permission, Role, permissions
from accounts.policies import PAUSE
from foundation import prepared
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(Q(email__iexact=username) | Q(member_name__iexact=username))


class User(AbstractBaseUser):
    """Somebody who signs in, by e-mail or member name; a user may belong to several agencies."""

    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    member_name = models.CharField(
        _("member name"),
        max_length=40,
        null=True,
        blank=True,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9.-]+$", _("Use small letters, digits, . and -."))
        ],
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "member_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(member_name__isnull=False),
                name="user_has_a_way_to_sign_in",
            ),
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.email or self.member_name or ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        # NULL, not "": two people without e-mail must not clash.
        self.email = self.email.lower() if self.email else None
        self.member_name = self.member_name.lower() if self.member_name else None
        super().save(*args, **kwargs)


class PrintedCode(models.Model):
    """One code of a person's printed sheet: with their name, it signs them in once.

    All codes of a sheet share a salt, so that a typed code is hashed only once.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="printed_codes")
    salt = models.CharField(max_length=40)
    digest = models.CharField(max_length=200)
    printed_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="printed_code_once"),
        ]

    def __str__(self) -> str:
        return f"printed code {self.pk}"


class EmailLevel(models.TextChoices):
    EACH = "each", _("An e-mail for each message")
    DIGEST = "digest", _("One e-mail a week, if there is news")
    NONE = "none", _("No e-mail")


class MemberQuerySet(DatedQuerySet["Member"]):
    def on(self, day: date) -> "MemberQuerySet":
        """Members on that day; people who returned don't count for the days in between."""
        assert self.agency is not None, "on() is asked within(agency)"
        leaves = Leave.objects.within(self.agency).standing().filter(member=OuterRef("pk"))
        between = leaves.filter(on__lte=day, returned_on__gt=day)
        return self.filter(holding(day), ~models.Exists(between))

    def today(self, day: date) -> "MemberQuerySet":
        """The same, only for today: nobody's return lies later."""
        return self.filter(holding(day))

    def not_paused(self, on: date) -> "MemberQuerySet":
        """Members whose access is not paused on that day."""
        assert self.agency is not None, "not_paused() is asked within(agency)"
        pauses = Pause.objects.within(self.agency).on(on)
        return self.exclude(models.Exists(pauses.filter(member=OuterRef("pk"))))

    def expected(self, on: date) -> "MemberQuerySet":
        """Members who are there that day to be asked: not away, and access not paused."""
        assert self.agency is not None, "expected() is asked within(agency)"
        away = away_on(self.agency, on).filter(member=OuterRef("pk"))
        return self.not_paused(on).exclude(models.Exists(away))

    def clocks_stopped(self, on: date) -> "MemberQuerySet":
        """Members of whom nothing counts as late that day: away or just back, or paused."""
        assert self.agency is not None, "clocks_stopped() is asked within(agency)"
        who = OuterRef("pk")
        away = Away.objects.within(self.agency).resting(on).filter(member=who)
        paused = Pause.objects.within(self.agency).on(on).filter(member=who)
        return self.filter(Q(models.Exists(away)) | Q(models.Exists(paused)))

    def with_pause(self, on: date) -> "MemberQuerySet":
        """Annotate whether each member's access is paused that day."""
        assert self.agency is not None, "with_pause() is asked within(agency)"
        pauses = Pause.objects.within(self.agency).on(on)
        return self.annotate(is_paused=models.Exists(pauses.filter(member=OuterRef("pk"))))

    def with_time_away(self, on: date) -> "MemberQuerySet":
        """Annotate the last time away that each member began by that day."""
        assert self.agency is not None, "with_time_away() is asked within(agency)"
        begun = Away.objects.within(self.agency).begun(on).filter(member=OuterRef("pk"))
        last = begun.order_by("-since")[:1]
        return self.annotate(
            away_since=models.Subquery(last.values("since")),
            away_until=models.Subquery(last.values("until")),
        )

    def with_roles(self, on: date) -> "MemberQuerySet":
        """Prefetch each member's roles on that day."""
        assert self.agency is not None, "with_roles() is asked within(agency)"
        roles = RoleGrant.objects.within(self.agency).on(on)
        return self.annotate(
            roles_now=ArraySubquery(roles.filter(member=OuterRef("pk")).values("role"))
        )

    def with_permission(self, permission: Permission, on: date) -> "MemberQuerySet":
        """Members with a role on that day that gives the permission."""
        holders = [role for role, may in ROLES.items() if permission in may]
        assert self.agency is not None, "with_permission() is asked within(agency)"
        grants = RoleGrant.objects.within(self.agency).on(on)
        grants = grants.filter(member=OuterRef("pk"), role__in=holders)
        return self.filter(models.Exists(grants))


class Member(TenantModel):
    """A person in an agency's program, with or without a way to sign in.

    Others see them as `shown_name`, and those who handle people or money as `full_name`: the name,
    with what tells them apart if somebody else has the same one.
    """

    subject_code = "member"

    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("full name"), max_length=120)
    display_name = models.CharField(_("name shown to others"), max_length=60)
    addition = models.CharField(max_length=30, blank=True, default="", db_default="")
    shown_number = models.CharField(max_length=6, blank=True, default="", db_default="")
    full_number = models.CharField(max_length=6, blank=True, default="", db_default="")
    shown_name = told_apart("display_name", "shown_number", addition="addition")
    full_name = told_apart("name", "full_number")
    language = models.CharField(max_length=10, default="en")
    email_level = models.CharField(
        max_length=10, choices=EmailLevel.choices, default=EmailLevel.DIGEST
    )
    contact = models.CharField(_("other way to reach them"), max_length=120, blank=True)
    onboarded_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History(excluded_fields=["shown_name", "full_name"])

    objects: ClassVar[Door[MemberQuerySet]] = Door(MemberQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "user"], name="member_once_per_agency"),
            models.CheckConstraint(
                condition=Q(email_level__in=EmailLevel.values), name="member_email_level"
            ),
            models.CheckConstraint(condition=~Q(display_name=""), name="member_has_display_name"),
            *(
                models.UniqueConstraint(
                    F("agency"),
                    NameKey(each),
                    condition=Q(erased_at=None),
                    name=f"member_{each}_once",
                )
                for each in ("shown_name", "full_name")
            ),
            ends_after_start("member_period"),
        ]

    def __str__(self) -> str:
        return str(self.shown_name)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that the member has today."""
        names: list[str] | None = getattr(self, "roles_now", None)
        if names is None:
            stand_ins = {
                prepared.AGENCY: "agency",
                prepared.MEMBER: "member",
                prepared.DAY: "day",
            }
            granted = prepared.prepared("accounts.roles", _roles_of_anybody, stand_ins).tuples(
                {"agency": self.agency_id, "member": self.pk, "day": self.agency.today()}
            )
            names = [name for (name,) in granted]
        return frozenset(Role(name) for name in names)

    @cached_property
    def time_away(self) -> TimeAway | None:
        """The last time away that the member began; no query on pages."""
        since: date | None
        if hasattr(self, "away_since"):
            since, until = self.away_since, getattr(self, "away_until", None)
        else:
            begun = Away.objects.within(self.agency).begun(self.agency.today())
            rows = begun.filter(member=self.pk).order_by("-since").values_list("since", "until")
            since, until = rows.first() or (None, None)
        return None if since is None else TimeAway(since, until)

    def clock_stopped(self, on: date) -> bool:
        """Whether nothing the member owes counts as late that day."""
        return self.time_away is not None and self.time_away.rests(on)

    def is_away(self, on: date) -> bool:
        return self.time_away is not None and self.time_away.holds(on)

    @property
    def has_left(self) -> bool:
        return self.until is not None and self.until <= self.agency.today()

    def may(self, permission: Permission) -> bool:
        return permission in permissions(self.roles)


class RoleQuerySet(DatedQuerySet["RoleGrant"]):
    def on(self, day: date) -> "RoleQuerySet":
        """Grants that count on that day."""
        assert self.agency is not None, "on() is asked within(agency)"
        return self.filter(holding(day), ~bounds.ended(self.agency, day))


def _roles_of_anybody() -> models.QuerySet[Any, Any]:
    granted = RoleGrant.objects.within(prepared.agency()).on(prepared.DAY)
    return granted.filter(member=prepared.MEMBER).values_list("role")


class RoleGrant(TenantModel):
    """A role that a member has between two dates."""

    subject_code = "role_grant"

    member = Key(Member, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[RoleQuerySet]] = Door(RoleQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role"),
            ends_after_start("grant_period"),
            no_overlap("grant_no_overlap", "member", "role"),
        ]

    def __str__(self) -> str:
        return self.role


class PauseReason(models.TextChoices):
    THREAT = "threat", _("A threat")
    HARASSMENT = "harassment", _("Harassment")
    COURT_ORDER = "court_order", _("A court order")
    TAKEN_OVER = "taken_over", _("Somebody else may be using the account")


class PauseEnd(models.TextChoices):
    SETTLED = "settled", _("The matter is settled")
    MISTAKE = "mistake", _("The pause was a mistake")
    SAFE_AGAIN = "safe_again", _("The person has their account back")
    DECIDED = "decided", _("The committee decided it")


class Pause(TenantModel):
    """A dated stop of a member's access to the portal; nothing else changes.

    `until` is the first day with access again. Only a group's decision moves it to a later day.
    """

    subject_code = "pause"

    member = Key(Member, related_name="pauses")
    reason = models.CharField(max_length=20, choices=PauseReason.choices)
    answer_to = models.CharField(
        max_length=200, help_text=_("Where the person can answer without signing in.")
    )
    since = models.DateField()
    until = models.DateField()
    by = Key(Member, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = Key(Member, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=20, choices=PauseEnd.choices, blank=True)
    decision_id = models.BigIntegerField(
        null=True, blank=True, help_text=_("The decision by which it lasts longer, or ended.")
    )

    objects: ClassVar[Door[DatedQuerySet["Pause"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=PauseReason.values), name="pause_reason"),
            models.CheckConstraint(condition=~Q(answer_to=""), name="pause_can_be_answered"),
            models.CheckConstraint(condition=~Q(by=F("member")), name="pause_by_another"),
            models.CheckConstraint(
                condition=Q(decision_id__isnull=False) | Q(until__lte=F("since") + PAUSE.span),
                name="pause_no_longer_without_decision",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    ended_why__in=PauseEnd.values,
                ),
                name="pause_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(ended_why="decided") | Q(decision_id__isnull=False),
                name="pause_ended_by_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | ~Q(ended_by=F("member")), name="pause_ended_by_another"
            ),
            ends_after_start("pause_period"),
            no_overlap("pause_no_overlap", "member"),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    def runs(self, on: date) -> bool:
        """Whether access is stopped on that day."""
        return self.since <= on < self.until


class StandingKind(models.TextChoices):
    PRIMARY_CONSUMER = "primary_consumer", _("Person who uses services")
    FAMILY_MEMBER = "family_member", _("Family member")
    PROVIDER = "provider", _("Provider (front-line staff)")
    MANAGER = "manager", _("Manager")
    OTHER = "other", _("Other")
    UNDISCLOSED = "undisclosed", _("Prefer not to say")


class Standing(TenantModel):
    """The capacity in which a member takes part; protected health information."""

    subject_code = "standing"

    member = Key(Member, related_name="standings")
    kind = models.CharField(max_length=20, choices=StandingKind.choices)
    employed_peer = models.BooleanField(
        default=False, help_text=_("A consumer who is also employed as a peer worker.")
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    history = History()

    objects: ClassVar[Door[DatedQuerySet["Standing"]]] = Door(DatedQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StandingKind.values), name="standing_kind"),
            ends_after_start("standing_period"),
            no_overlap("standing_no_overlap", "member", "kind"),
        ]

    def __str__(self) -> str:
        return self.kind


class InvitationQuerySet(TenantQuerySet["Invitation"]):
    def open(self, moment: datetime) -> "InvitationQuerySet":
        """Invitations that can still be accepted at that moment."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=moment)

    def unspent(self) -> "InvitationQuerySet":
        """Invitations neither accepted nor revoked, expired or not."""
        return self.filter(accepted_at=None, revoked_at=None)

    def to_send(self, moment: datetime) -> "InvitationQuerySet":
        """Invitations to e-mail or retry at that moment."""
        waiting = self.open(moment).exclude(email="")
        return waiting.filter(sent_at=None, given_up_at=None, try_at__lte=moment)


class Invitation(TenantModel):
    """A code with which one person, already entered as a member, gets a way to sign in.

    The code is derived from the seed and the installation's secret key when it is sent or printed;
    the database stores only its digest. If an e-mail address is given, the code is sent there and
    nowhere else, so that whoever has it reads that mailbox; otherwise it is printed.
    """

    subject_code = "invitation"

    member = Key(Member, related_name="invitations")
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    invited_by = Key(Member, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    given_up_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Of people from a list: when `invited_by` stated that each was asked and said yes; which list.
    attested_at = models.DateTimeField(null=True, blank=True)
    batch = models.UUIDField(null=True, blank=True, db_index=True)

    objects: ClassVar[Door[InvitationQuerySet]] = Door(InvitationQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None) | Q(revoked_at__isnull=False),
                name="invitation_refused_is_over",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="invitation_sent_or_given_up"
            ),
            models.UniqueConstraint(
                fields=["agency", "member"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(sent_at=None, given_up_at=None, accepted_at=None, revoked_at=None),
                name="invitation_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
