"""Look up a measure by key; 404 unless the member may know of it."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.anybody import kept_row
from accounts.models import Member
from foundation import prepared
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import TenantModel, TenantQuerySet
from groups.kinds import own_page
from groups.models import Group, Seat, hand_on, place
from groups.seated import seated
from measures.definitions import rules
from measures.definitions.models import Measure, MeasureQuerySet, Ownership


def found[M: TenantModel](
    request: AgencyRequest, rows: TenantQuerySet[M], pk: int, path: str = "owner"
) -> M:
    """The row, with the owner (at `path`) and the member's place there; one query."""
    row = get_object_or_404(_with_owner(rows, request.member, request.agency.today(), path), pk=pk)
    row.agency = request.agency
    return _own(request, row, path)


def _with_owner[M: TenantModel](
    rows: TenantQuerySet[M], reader: Member, on: date, path: str
) -> TenantQuerySet[M]:
    lookup = path.replace(".", "__")
    groups = Group.objects.within(reader.agency).visible_to(reader, on)
    visible = rows.filter(**{f"{lookup}__in": groups})
    placed: TenantQuerySet[M] = visible.annotate(**place(reader, on, lookup))
    return placed.select_related(lookup)


def _own[M: TenantModel](request: AgencyRequest, row: M, path: str) -> M:
    owner: Group = attrgetter(path)(row)
    owner.agency = request.agency
    hand_on(row, owner)
    return row


def measures_of(request: AgencyRequest) -> MeasureQuerySet:
    """Measures the member may know of."""
    rows = Measure.objects.within(request.agency)
    return rows.visible_to(request.member, request.agency.today())


def measure_of(request: AgencyRequest, pk: int) -> Measure:
    """The measure, with its collector and whether it changed hands; a query that is built once."""
    row = kept_row(_measure, request.member, request.agency.today(), pk)
    if row is None:
        raise Http404
    return _own(request, row, "owner")


def _measure(reader: Member, on: date) -> TenantQuerySet[Measure]:
    earlier = Ownership.objects.within(reader.agency).filter(
        measure=OuterRef("pk"), until__isnull=False
    )
    rows = Measure.objects.within(reader.agency).filter(pk=prepared.ROW)
    rows = rows.select_related("collected_by").annotate(changed_hands=Exists(earlier))
    return _with_owner(rows, reader, on, "owner")


def owner_of(request: AgencyRequest, pk: int) -> Group:
    """A group that may own measures, with the member's place in it."""
    today = request.agency.today()
    groups = Group.objects.within(request.agency).visible_to(request.member, today)
    group: Group = get_object_or_404(groups.with_place_of(request.member, today), pk=pk)
    group.agency = request.agency
    return group


def people_of(request: AgencyRequest, group: Group) -> TenantQuerySet[Member]:
    """The members with a seat in the group today, by name."""
    return seated(group, request.agency, request.agency.today())


def page_of(owner: Group) -> str:
    """The page of a measure's owner: an upper app's, or the group's own."""
    return own_page(owner) or at(owner.agency, "groups:group", pk=owner.pk)


def takers_of(request: AgencyRequest, measure: Measure) -> TenantQuerySet[Seat]:
    """Seats in other groups to which the member can hand a measure."""
    today = request.agency.today()
    groups = Group.objects.within(request.agency).visible_to(request.member, today).open(today)
    taking = []
    for group in groups.with_place_of(request.member, today):
        group.agency = request.agency
        if rules.taking_over(measure, group, request.member) is None:
            taking.append(group.pk)
    seats = Seat.objects.within(request.agency).on(today).filter(group__in=taking)
    return seats.select_related("group", "member").order_by(
        "group__name", "member__shown_name", "pk"
    )


@dataclass(frozen=True)
class Owned:
    """A period in which a group owned a measure; `group` is empty if the reader may not know it."""

    group: str
    since: date
    until: date | None


def owners_of(request: AgencyRequest, measure: Measure) -> list[Owned]:
    """The owners of a measure that changed hands, oldest first; one query, else none."""
    if not vars(measure)["changed_hands"]:
        return []
    known = Group.objects.within(request.agency).visible_to(request.member, request.agency.today())
    rows = Ownership.objects.within(request.agency).filter(measure=measure).order_by("since")
    shown = rows.annotate(known=Exists(known.filter(pk=OuterRef("group")))).values_list(
        "group__name", "since", "until", "known"
    )
    return [Owned(name if known else "", since, until) for name, since, until, known in shown]
