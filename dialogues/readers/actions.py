"""Naming readers of words to the whole program, and ending that."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member, StandingKind
from dialogues.readers import reading as readers
from dialogues.readers import rules
from dialogues.readers.models import ProgramReader, ReaderSide
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups.standing import standings
from notifications.actions import tell

_STANDINGS = {
    ReaderSide.CONSUMER: {StandingKind.PRIMARY_CONSUMER},
    ReaderSide.STAFF: {StandingKind.PROVIDER, StandingKind.MANAGER},
}


@transaction.atomic
def name_reader(agency: Agency, member: Member, *, side: str, since: date, by: Member) -> None:
    """Name a facilitator as reader of words to the whole program from a day on; they are told.

    ValidationError: not of that side, not a facilitator, a day in the past, named already.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    enforce(rules.naming_readers(by))
    if side not in ReaderSide.values:
        raise ValidationError({"side": _("Choose one of the two sides.")})
    if since < agency.today():
        raise ValidationError({"since": _("Choose today or a later day.")})
    held = {
        taken.kind for taken in standings([member], since)[member.pk] if not taken.employed_peer
    }
    if not held & _STANDINGS[ReaderSide(side)]:
        raise ValidationError({"side": _("This person does not take part as that on this day.")})
    rows = ProgramReader.objects.within(agency)
    if rows.filter(Q(until=None) | Q(until__gt=since), member=member).exists():
        raise ValidationError({"member": _("This person is named already.")})
    named = rows.create(member=member, side=side, since=since, named_by=by)
    if not readers.named(agency, since).filter(pk=named.pk).exists():
        raise ValidationError(
            {"member": _("Choose somebody who facilitates, or leads a dialogue, on that day.")}
        )
    events.record("reader.named", named, by=by, member=member.pk)
    tell(member, "reader.named", subject=named)


@transaction.atomic
def end_reader(named: ProgramReader, *, on: date, by: Member) -> None:
    """End a reader's part from a day on; they are told. Readers can also stop by themselves."""
    named = _locked(named, by)
    enforce(rules.ending_reader(named, by))
    today = by.agency.today()
    if on < max(today, named.since):
        raise ValidationError({"on": _("Choose today or a later day.")})
    if named.until is not None and named.until <= on:
        raise ValidationError({"on": _("This has ended by that day.")})
    named.until = on
    named.save(update_fields=["until"])
    events.record("reader.ended", named, by=by, member=named.member_id)
    if named.member_id != by.pk:
        tell(named.member, "reader.ended", subject=named)


@transaction.atomic
def show_name(named: ProgramReader, *, shows: bool, by: Member) -> None:
    """Choose whether people who want to speak see the reader's name; the reader decides."""
    named = _locked(named, by)
    enforce(rules.showing_name(named, by))
    if named.shows_name != shows:
        named.shows_name = shows
        named.save(update_fields=["shows_name"])
        events.record("reader.changed", named, by=by, member=named.member_id)


def _locked(named: ProgramReader, by: Member) -> ProgramReader:
    rows = ProgramReader.objects.within(by.agency).select_related("member__user")
    return rows.select_for_update(of=("self",)).get(pk=named.pk)
