"""Waiting items: the last quarter's Account to write, and one to reply to."""

from datetime import date

from django.db.models import DateField, Exists, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from foundation.models import TenantQuerySet
from foundation.quarters import before, quarter_of
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register
from oversight.models import Committee
from oversight.waiting import VOTES_IN_THE_COMMITTEE
from quarterly.models import AccountStatus, QuarterlyAccount
from quarterly.policies import WRITTEN_WITHIN


def _committees(member: Member, on: date) -> TenantQuerySet[Committee] | None:
    """The member's committee, if it was there in the last quarter."""
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    seats = VOTES_IN_THE_COMMITTEE.rows(member, on)
    committees = Committee.objects.within(member.agency).filter(group__closed=None)
    return committees.filter(Exists(seats), group__opened__lt=before(quarter_of(on)).until)


def _due(member: Member, on: date) -> Value:
    until = before(quarter_of(on)).until
    return Value(until + WRITTEN_WITHIN.span(member.agency, on), output_field=DateField())


def _to_begin(member: Member, on: date) -> WaitingRows | None:
    committees = _committees(member, on)
    if committees is None:
        return None
    last = before(quarter_of(on))
    begun = QuarterlyAccount.objects.within(member.agency).filter(
        committee=OuterRef("pk"), since=last.since
    )
    rows = committees.filter(~Exists(begun))
    return WaitingRows(rows, label=Value(str(last)), due=_due(member, on))


def _to_ask(member: Member, on: date) -> WaitingRows | None:
    committees = _committees(member, on)
    if committees is None:
        return None
    last = before(quarter_of(on))
    rows = QuarterlyAccount.objects.within(member.agency).filter(
        status=AccountStatus.DRAFT, since=last.since, committee__in=committees.values("pk")
    )
    return WaitingRows(rows, label=Value(str(last)), due=_due(member, on))


def _to_reply_to(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    rows = QuarterlyAccount.objects.within(member.agency).to_reply_to(on)
    return WaitingRows(rows, label="since", due="reply_until")


register(
    WaitingKind(
        code="quarterly.begin",
        area=Area.OVERSIGHT,
        title=_("Write the Quarterly Account: %(label)s"),
        minutes=20,
        rows=_to_begin,
        url=lambda member, row: at(member.agency, "quarterly:begin"),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="quarterly.ask",
        area=Area.OVERSIGHT,
        title=_("Finish the Quarterly Account, and ask for its release: %(label)s"),
        minutes=10,
        rows=_to_ask,
        url=page("quarterly:account"),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="quarterly.reply",
        area=Area.OVERSIGHT,
        title=_("Reply to the Quarterly Account, if you like"),
        minutes=10,
        rows=_to_reply_to,
        url=page("quarterly:account"),
    )
)
