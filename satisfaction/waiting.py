"""Waiting items: the survey, for everybody who was asked and did not take it off their list."""

from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.addresses import at
from notifications import waiting
from notifications.areas import Area
from notifications.waiting import WaitingRow, WaitingRows
from satisfaction.models import SurveyInvitation


def _asked(member: Member, on: date) -> WaitingRows:
    mine = SurveyInvitation.objects.within(member.agency).filter(member=member, cleared=False)
    open_now = mine.filter(round__closed_on=None, round__opens__lte=on, round__closes__gt=on)
    return WaitingRows(
        open_now,
        label="round__number",
        due=F("round__closes") - timedelta(days=1),
        subject="round_id",
    )


def _answer(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "satisfaction:answer", pk=row.subject_id)


waiting.register(
    waiting.WaitingKind(
        code="satisfaction.answer",
        area=Area.DOCUMENTS,
        title=_("Tell us what it is like to take part"),
        minutes=3,
        rows=_asked,
        url=_answer,
    )
)
