"""The base of every tenant table: its agency, and a door that requires one."""

import uuid
import zoneinfo
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, overload

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from foundation import tenancy

M = TypeVar("M", bound=models.Model)


@cache
def _zones() -> set[str]:
    # Cached, since Python searches hundreds of files on each call.
    return zoneinfo.available_timezones()


def _known_zone(value: str) -> None:
    if value not in _zones():
        raise ValidationError(_("Give a time zone such as America/New_York."))


class Agency(models.Model):
    """A behavioral-health agency; no other agency ever sees anything of it."""

    slug = models.SlugField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]+$", _("Use small letters, digits and -."))],
    )
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=60, default="America/New_York", validators=[_known_zone])
    opened = models.DateTimeField(default=now, editable=False)
    # For practice, with made-up people only; set when the agency is founded.
    sandbox = models.BooleanField(default=False, db_default=False, editable=False)
    # Whether it is a program under 42 CFR Part 2; None until somebody has said so.
    part2 = models.BooleanField(null=True, editable=False)

    # The agency whose policies apply to a stand-in (foundation.prepared), and its day.
    goes_by: "Agency | None" = None
    stays_on: date | None = None

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[a-z][a-z0-9-]+$"), name="agency_slug_plain"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="agency_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    def today(self) -> date:
        """Today's date where the agency is."""
        return self.stays_on or now().astimezone(self.zone).date()

    def date_of(self, moment: Any) -> date:
        """The date that an aware datetime falls on where the agency is."""
        return moment.astimezone(self.zone).date()  # type: ignore[no-any-return]


class TenantQuerySet(models.QuerySet[M]):
    """A query set that came through the door; rows it creates belong to its agency."""

    agency: Agency | None = None

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone.agency = self.agency
        return clone  # type: ignore[no-any-return]

    def _fetch_all(self) -> None:
        super()._fetch_all()
        if self.agency is None:
            return
        # The door knows the agency, so no row has to query its own.
        for row in self._result_cache or ():
            if isinstance(row, models.Model):
                row._state.fields_cache.setdefault("agency", self.agency)

    def create(self, **kwargs: Any) -> M:
        if self.agency is not None:
            kwargs.setdefault("agency", self.agency)
        return super().create(**kwargs)


class Entrance[Q: "TenantQuerySet[Any]"]:
    """The two ways from a tenant model to its rows."""

    def __init__(self, queryset: type[Q], model: type[models.Model]) -> None:
        self._queryset = queryset
        self._model = model

    def within(self, agency: Agency) -> Q:
        """The rows of one agency."""
        rows = self._queryset(self._model).filter(agency=agency)
        rows.agency = agency
        return rows

    def across(self, agencies: Iterable[int]) -> Q:
        """The rows of several agencies, given by key; only for cross-agency code."""
        return self._queryset(self._model).filter(agency_id__in=list(agencies))


class PlainDoor:
    """A model's `objects`: an entrance without `all()` or `filter()`."""

    @overload
    def __get__(self, instance: None, owner: type[M]) -> Entrance[TenantQuerySet[M]]: ...
    @overload
    def __get__(self, instance: M, owner: type[M]) -> Entrance[TenantQuerySet[M]]: ...
    def __get__(self, instance: Any, owner: type[Any]) -> Entrance[Any]:
        if instance is not None:
            raise AttributeError("objects is a word of the class, not of a row")
        return Entrance(self.queryset, owner)

    queryset: type[TenantQuerySet[Any]] = TenantQuerySet


class Door[Q: "TenantQuerySet[Any]"](PlainDoor):
    """The door of a model that has a query set of its own."""

    def __init__(self, queryset: type[Q]) -> None:
        self.queryset = queryset

    if TYPE_CHECKING:

        def __get__(self, instance: object, owner: type[Any]) -> Entrance[Q]: ...


_ST = TypeVar("_ST")
_GT = TypeVar("_GT")


class Key(models.ForeignKey[_ST, _GT]):
    """A foreign key between tenant tables; `Walls` gives it its composite constraint in SQL."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("db_constraint", False)
        super().__init__(to, on_delete=on_delete, **kwargs)


class OneKey(models.OneToOneField[_ST, _GT]):
    """A `Key` that at most one row may hold for each target."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("db_constraint", False)
        super().__init__(to, on_delete=on_delete, **kwargs)


class TenantModel(models.Model):
    """The base of every table that holds an agency's data."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", editable=False)

    everything: ClassVar[models.Manager[Any]] = models.Manager()
    objects: ClassVar[PlainDoor] = PlainDoor()
    # The permanent name used by events, messages and others (`foundation/subjects.py`).
    subject_code: ClassVar[str] = ""

    class Meta:
        abstract = True
        # Roles and rules say what members may do (accounts.permissions).
        default_permissions = ()


class Event(TenantModel):
    """Who did what, and when: ids, codes and numbers, never a name or free text."""

    subject_code = "event"

    name = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor = Key("accounts.Member", null=True, related_name="+")
    on_behalf_of = Key("accounts.Member", null=True, related_name="+")
    at = models.DateTimeField(default=now)
    data = models.JSONField(default=dict)

    # The subject's row, while the action that recorded the event is running.
    recorded: TenantModel | None = None

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["agency", "-at"], name="event_agency_at"),
            models.Index(
                fields=["agency", "subject_type", "subject_id"], name="event_agency_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_type} {self.subject_id}"


class PolicyChangeQuerySet(TenantQuerySet["PolicyChange"]):
    def until(self, day: date) -> "PolicyChangeQuerySet":
        """Changes in effect by that day; the last one of each policy is in force."""
        return self.filter(since__lte=day).order_by("since", "pk")

    def decided(self, day: date) -> "PolicyChangeQuerySet":
        """Changes decided by that day, also for later days; the last per policy and day counts."""
        return self.filter(made_on__lte=day).order_by("since", "pk")

    def newest_first(self) -> "PolicyChangeQuerySet":
        """The newest change first, with who made it."""
        return self.select_related("by").order_by("-since", "-pk")


class PolicyChange(TenantModel):
    """An agency's value of a policy from `since` on; the last one of a day counts."""

    subject_code = "policy_change"

    code = models.CharField(max_length=80)
    value = models.JSONField()
    since = models.DateField()
    reason = models.TextField()
    by = Key("accounts.Member", related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(default=now)

    objects: ClassVar[Door[PolicyChangeQuerySet]] = Door(PolicyChangeQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="policy_change_has_reason"),
            models.CheckConstraint(
                condition=models.Q(since__gte=models.F("made_on")),
                name="policy_change_never_backdated",
            ),
        ]
        indexes = [models.Index(fields=["agency", "since"], name="policy_change_since")]

    def __str__(self) -> str:
        return f"{self.code} from {self.since}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        tenancy.forget_kept(self.agency_id)


class Submission(TenantModel):
    """A form that was sent; it leads a second click to the first one's target."""

    key = models.UUIDField(default=uuid.uuid4)
    location = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="submission_once"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Attempts(models.Model):
    """The number of attempts under one name, which is stored only as a hash."""

    key = models.CharField(primary_key=True, max_length=64)
    taken = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "attempts"

    def __str__(self) -> str:
        return f"{self.taken} attempts"
