"""The charter's terms and the committee's seats on a day, from dated rows: two kept queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, OuterRef, QuerySet, Subquery, When

from documents.models import DocumentKind, Version, VersionQuerySet
from foundation import prepared
from foundation.models import Agency
from groups.models import Group, Motion, MotionKind, Seat
from oversight.out_of_charter import CharterInForceNow, Departure, HeldSeat, out_of_charter


@dataclass(frozen=True)
class Chartered:
    """The charter in force on a day, and its terms if they were entered."""

    version: Version
    terms: CharterInForceNow | None


def charter_on(agency: Agency, on: date) -> Chartered | None:
    """The charter in force on that day; one query."""
    versions = prepared.of_agency(_charters).models({"agency": agency.pk, "day": on})
    if not versions:
        return None
    version: Version = versions[-1]
    version.agency = agency
    days = [each.in_force_on for each in versions if each.charter_terms is not None]
    terms, since = version.charter_terms, version.in_force_on
    if terms is None or since is None:
        return Chartered(version, None)
    return Chartered(version, CharterInForceNow(terms, since, min(days)))


def _charters(agency: Agency) -> VersionQuerySet:
    versions = Version.objects.within(agency).of(DocumentKind.CHARTER)
    versions = versions.filter(in_force_on__lte=prepared.DAY).order_by("number")
    return versions.select_related("document", "terms")


def departures(agency: Agency, group: Group | None, on: date) -> list[Departure]:
    """How the committee differs from its charter on that day; at most two queries.

    `group`: the committee, if there is one on that day.
    """
    charter = charter_on(agency, on)
    if charter is None or charter.terms is None or group is None:
        return []
    return departures_from(charter.terms, agency, group, on)


def departures_from(
    charter: CharterInForceNow, agency: Agency, group: Group, on: date
) -> list[Departure]:
    """The same under terms that are loaded; one query."""
    values = {"agency": agency.pk, "keys": [group.pk], "day": on}
    rows = prepared.of_agency(_seats).tuples(values)
    return out_of_charter(charter, [HeldSeat(*row) for row in rows], on)


def _seats(agency: Agency) -> QuerySet[Seat, object]:
    seats = Seat.objects.within(agency).filter(
        prepared.one_of_keys("group"), since__lte=prepared.DAY, stands_in=None
    )
    # A founding member whom the committee kept begins a term on that day.
    kept = Motion.objects.within(agency).filter(
        group=OuterRef("group"),
        kind=MotionKind.CONFIRM,
        carried_out_on__gte=OuterRef("since"),
        carried_out_on__lte=prepared.DAY,
    )
    kept_on = Subquery(kept.order_by("-carried_out_on").values("carried_out_on")[:1])
    return seats.order_by("pk").values_list(
        "member_id",
        "standing",
        "employed_peer",
        "voting",
        "office",
        "since",
        "until",
        "offer_id",
        Case(When(offer__motion__resolution__isnull=False, then=kept_on)),
    )
