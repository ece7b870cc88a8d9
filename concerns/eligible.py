"""Who may read concerns today, and to whom readers may take one."""

from datetime import date

from accounts.models import Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from concerns.models import ConcernSeal, HolderKind, KeyHolder, KeyHolderQuerySet
from concerns.policies import LEAST_READERS
from foundation.models import Agency, TenantQuerySet
from groups.models import GroupKind, Office, Seat, SeatQuerySet
from safety.models import ContactKind, OutsideContact

# Whoever runs the agency or treats people reads nothing, whatever seat they hold.
_ROLES = (Role.ADMINISTRATOR, Role.MANAGEMENT)
_STANDINGS = (StandingKind.MANAGER, StandingKind.PROVIDER)


def committee_seats(agency: Agency, on: date) -> SeatQuerySet:
    """The consumers' voting seats in the oversight committee on that day."""
    seats = Seat.objects.within(agency).on(on).voting().of_consumers()
    return seats.filter(group__kind=GroupKind.COMMITTEE, group__closed=None)


def eligible(agency: Agency, on: date) -> TenantQuerySet[Member]:
    """Consumer members of the committee who neither manage nor treat anybody; one query."""
    manage = RoleGrant.objects.within(agency).on(on).filter(role__in=_ROLES)
    treat = Standing.objects.within(agency).on(on).filter(kind__in=_STANDINGS)
    members = Member.objects.within(agency).today(on).not_paused(on)
    return (
        members.filter(pk__in=committee_seats(agency, on).values("member"))
        .exclude(pk__in=manage.values("member"))
        .exclude(pk__in=treat.values("member"))
    )


def readers(agency: Agency, on: date) -> KeyHolderQuerySet:
    """The readers to whom a concern can be sealed that day, by name."""
    keyed = KeyHolder.objects.within(agency).keyed().readers()
    of_members = keyed.filter(member__in=eligible(agency, on))
    return of_members.select_related("member").order_by("member__shown_name", "pk")


def enough(count: int) -> bool:
    """Whether so many readers can read a concern: nobody reads alone."""
    return count >= LEAST_READERS.value


def holding(member: Member) -> KeyHolder | None:
    """The member's own row, if they are asked to read or do; whether they may today is a rule."""
    rows = KeyHolder.objects.within(member.agency).lasting().readers()
    return rows.filter(member=member).first()


def reads(holder: KeyHolder, on: date) -> bool:
    """Whether this reader may read anything today."""
    return readers(holder.agency, on).filter(pk=holder.pk).exists()


def sealed_to(holder: KeyHolder) -> TenantQuerySet[ConcernSeal]:
    """The concerns that this reader can open."""
    seals = ConcernSeal.objects.within(holder.agency).filter(holder=holder)
    return seals.exclude(envelope=None)


def chair_of_board(agency: Agency, on: date) -> Member | None:
    """The chair of the governing body, if it is nobody who runs the agency."""
    seats = Seat.objects.within(agency).on(on).filter(office=Office.CHAIR)
    seats = seats.filter(group__kind=GroupKind.GOVERNING_BODY, group__closed=None)
    manage = RoleGrant.objects.within(agency).on(on).filter(role__in=_ROLES)
    members = Member.objects.within(agency).today(on).filter(pk__in=seats.values("member"))
    return members.exclude(pk__in=manage.values("member")).order_by("pk").first()


def ombuds(agency: Agency) -> str:
    """The name of the ombuds, who can keep the sheet; empty if none is entered."""
    rows = OutsideContact.objects.within(agency).filter(until=None, kind=ContactKind.OMBUDS)
    return rows.values_list("name", flat=True).first() or ""


def keeper_of_sheet(agency: Agency) -> str:
    """Who keeps the sheet that opens each concern; empty if there is no sheet."""
    sheets = KeyHolder.objects.within(agency).keyed().filter(kind=HolderKind.SHEET)
    return ombuds(agency) if sheets.exists() else ""
