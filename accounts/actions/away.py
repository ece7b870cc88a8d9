"""Time away: said, changed and ended by the member, or for somebody who can't sign in."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.away import Away
from accounts.models import Member
from foundation import events
from foundation.models import Event
from foundation.refusals import enforce


@transaction.atomic
def go_away(member: Member, *, since: date, until: date | None, by: Member) -> Away:
    """Say that the member is away, or change what was said before.

    `until` is the first day back. Days gone by stay as they were: of a time that has begun, only
    the end can change. ValidationError: a day that has passed.
    """
    member = _locked(member, by)
    today = by.agency.today()
    enforce(rules.being_away(member, by, today))
    away = _current(member, today)
    name = "away.said" if away is None else "away.changed"
    if away is None or away.since > today:
        if since < today:
            raise ValidationError({"since": _("Choose today or a later day.")})
        if away is None:
            away = Away(agency=by.agency, member=member)
        away.since = since
    if until is not None and until <= max(away.since, today):
        raise ValidationError({"until": _("Choose a day after the first one, or leave it empty.")})
    away.until = until
    away.save()
    _record(name, away, member, by)
    return away


@transaction.atomic
def come_back(member: Member, *, by: Member) -> Away | None:
    """End the member's time away today, or call off one to come; None if there is none."""
    member = _locked(member, by)
    today = by.agency.today()
    enforce(rules.being_away(member, by, today))
    away = _current(member, today)
    if away is None:
        return None
    planned = "" if away.until is None else away.until.isoformat()
    away.until = max(away.since, today)
    away.save()
    _record("away.ended", away, member, by, until=planned)
    return away


@transaction.atomic
def stay_away(member: Member, *, by: Member) -> Away | None:
    """Undo today's `come_back`: the time away goes on; None if there is nothing to undo."""
    member = _locked(member, by)
    today = by.agency.today()
    enforce(rules.being_away(member, by, today))
    rows = Away.objects.within(by.agency).filter(member=member)
    away = rows.filter(until=today, since__lt=today).last()
    if away is None or rows.not_over(today).exists():
        return None
    ended = Event.objects.within(by.agency).filter(
        name="away.ended", subject_type=Away.subject_code, subject_id=away.pk
    )
    data = ended.order_by("pk").values_list("data", flat=True).last() or {}
    until = date.fromisoformat(data["until"]) if data.get("until") else None
    if until is not None and until <= today:
        return None
    away.until = until
    away.save()
    _record("away.changed", away, member, by)
    return away


def _locked(member: Member, by: Member) -> Member:
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    member.agency = by.agency
    return member


def _current(member: Member, today: date) -> Away | None:
    """The time away that is not over."""
    rows = Away.objects.within(member.agency).filter(member=member).order_by("since", "pk")
    return rows.not_over(today).first()


def _record(name: str, away: Away, member: Member, by: Member, **data: str) -> None:
    own = by.pk == member.pk
    events.record(name, away, by=by, on_behalf_of=None if own else member, **data)
