"""Waiting items: files of numbers to save."""

from datetime import date

from django.db.models import (
    Q,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from groups.models import Seat
from measures.importing.models import ImportDraft
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _files(member: Member, on: date) -> WaitingRows:
    """Files of numbers that the member chose but did not save; they are kept for only a day."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    drafts = (
        ImportDraft.objects.within(member.agency)
        .to_go_on_with()
        .filter(
            Q(measure__collected_by=member) | Q(measure__owner__in=seats.values("group")),
            uploaded_by=member,
        )
    )
    return WaitingRows(drafts, label="measure__name")


register(
    WaitingKind(
        code="cells.file",
        area=Area.NUMBERS,
        title=_("Check and save your file: %(label)s"),
        minutes=3,
        rows=_files,
        url=page("measures:import"),
    )
)
