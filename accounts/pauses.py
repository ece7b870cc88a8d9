"""Pauses of access: who may read one, which group decides, and what the person sees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from accounts.dated import DatedQuerySet
from accounts.models import Member, Pause, PauseReason, User
from accounts.permissions import Permission
from foundation import tenancy
from foundation.models import Agency


@dataclass(frozen=True)
class DecidingGroup:
    """The group that decides on a pause, and its review date; None if no review is needed."""

    group: str
    review_by: date | None


Reads = Callable[[Member], Q]
Decides = Callable[[Pause], DecidingGroup | None]

_readers: list[Reads] = []
_deciders: list[Decides] = []


def register(*, reads: Reads, decides: Decides) -> None:
    """Register which further pauses a member may read, and which group decides on one."""
    _readers.append(reads)
    _deciders.append(decides)


def readable(reader: Member) -> DatedQuerySet[Pause]:
    """Pauses the reader may see: administrators, the person, and those upper apps name."""
    rows = Pause.objects.within(reader.agency)
    if reader.may(Permission.MANAGE_PEOPLE):
        return rows
    open_to = Q(member=reader)
    for reads in _readers:
        open_to |= reads(reader)
    return rows.filter(open_to)


def deciding(pause: Pause) -> DecidingGroup | None:
    """The group that decides on the pause; None if there is none."""
    return next((found for each in _deciders if (found := each(pause)) is not None), None)


def page(request: HttpRequest, agency: Agency, pause: Pause) -> HttpResponse:
    """The one page that is open to somebody whose access is paused."""
    with translation.override(pause.member.language):
        context = {"pause": pause, "program": agency, "deciding": deciding(pause)}
        return render(request, "accounts/paused.html", context, status=403)


def may_be_anothers(user: User) -> bool:
    """Whether any agency paused the account because somebody else may be using it."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        rows = Pause.objects.across(agencies).filter(reason=PauseReason.TAKEN_OVER)
        mine = list(rows.filter(member__user=user))
    return any(pause.runs(agencies[pause.agency_id].today()) for pause in mine)
