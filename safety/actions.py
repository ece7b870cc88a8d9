"""The only write path for contacts outside and for those who ask to be contacted."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events, workdays
from foundation.models import Agency
from foundation.refusals import enforce
from notifications.actions import tell
from safety import rules
from safety.models import Call, Chosen, ContactKind, OutsideContact
from safety.policies import FIRST_LOOK


@transaction.atomic
def enter_contact(
    *, by: Member, kind: str, name: str, phone: str, address: str = "", rule: str = ""
) -> OutsideContact:
    """From today on this is how they are reached; what stood there before stays on record.

    ValidationError: no name, no phone, no rule for the hotline.
    """
    enforce(rules.entering_contacts(by))
    given = {
        "name": name.strip(),
        "phone": phone.strip(),
        "address": address.strip(),
        "rule": rule.strip() if kind == ContactKind.REPORTING else "",
    }
    _check(kind, given)
    agency = _locked(by.agency)
    rows = OutsideContact.objects.within(agency)
    before = rows.filter(kind=kind, until=None).first()
    if before is not None:
        if all(getattr(before, field) == value for field, value in given.items()):
            return before
        _end(before, by)
    entered = rows.create(kind=kind, since=by.agency.today(), by=by, **given)
    events.record("outside_contact.entered", entered, by=by, kind=kind)
    return entered


def _check(kind: str, given: dict[str, str]) -> None:
    wrong = {}
    if kind not in ContactKind.values:
        raise ValidationError(_("Choose whom to enter."))
    if not given["name"]:
        wrong["name"] = _("Enter a name, so that people know whom they call.")
    if not given["phone"]:
        wrong["phone"] = _("Enter a phone number that people can call.")
    if kind == ContactKind.REPORTING and not given["rule"]:
        wrong["rule"] = _("Enter who must report what in your state.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def end_contact(contact: OutsideContact, *, by: Member) -> OutsideContact:
    """They can't be reached there any longer, and nobody takes their place yet."""
    enforce(rules.entering_contacts(by))
    _locked(by.agency)
    contact = OutsideContact.objects.within(by.agency).get(pk=contact.pk)
    if contact.until is None:
        _end(contact, by)
    return contact


def _end(contact: OutsideContact, by: Member) -> None:
    contact.until = by.agency.today()
    contact.save(update_fields=["until"])
    events.record("outside_contact.ended", contact, by=by, kind=contact.kind)


def _locked(agency: Agency) -> Agency:
    """Two who enter at the same moment come one after the other."""
    return Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


@transaction.atomic
def ask_for_contact(*, by: Member, chosen: Sequence[Member], how: str = "") -> Call:
    """Ask to be contacted by these facilitators; only they know of it.

    ValidationError: nobody chosen, or somebody who can't be.
    """
    member = Member.objects.within(by.agency).select_for_update(no_key=True).get(pk=by.pk)
    calls = Call.objects.within(by.agency)
    waiting = calls.open().filter(member=member).exists()
    enforce(rules.asking(by, waiting=waiting))
    if not chosen:
        raise ValidationError({"chosen": _("Choose who should contact you.")})
    if not all(rules.can_be_chosen(each, by) for each in chosen):
        raise ValidationError({"chosen": _("Choose people from the list.")})
    today = by.agency.today()
    call = calls.create(
        member=by,
        how=how.strip(),
        asked_on=today,
        look_by=workdays.after(today, FIRST_LOOK.value(by.agency, today)),
    )
    for each in chosen:
        Chosen.objects.within(by.agency).create(call=call, member=each)
        tell(each, "call.made", subject=call, title="")
    return call


@transaction.atomic
def take_back(call: Call, *, by: Member) -> Call:
    call = _call(call, by)
    enforce(rules.taking_back(call, by))
    call.taken_back_on = by.agency.today()
    call.how = ""
    call.save(update_fields=["taken_back_on", "how"])
    return call


@transaction.atomic
def look(call: Call, *, by: Member) -> Call:
    """Say that one has seen it and will be in touch; the person who asked reads who it was."""
    call = _call(call, by)
    enforce(rules.looking(call, by, chosen=is_chosen(call, by)))
    if call.looked_on is None:
        call.looked_on, call.looked_by = by.agency.today(), by
        call.save(update_fields=["looked_on", "looked_by"])
        tell(call.member, "call.seen", subject=call, title="")
    return call


@transaction.atomic
def finish(call: Call, *, by: Member) -> Call:
    """Say that one has been in touch; what the person wrote for it is forgotten."""
    call = _call(call, by)
    enforce(rules.finishing(call, by, chosen=is_chosen(call, by)))
    call.done_on, call.done_by, call.how = by.agency.today(), by, ""
    call.save(update_fields=["done_on", "done_by", "how"])
    return call


def is_chosen(call: Call, member: Member) -> bool:
    return Chosen.objects.within(member.agency).filter(call=call, member=member).exists()


def _call(call: Call, by: Member) -> Call:
    calls = Call.objects.within(by.agency).select_for_update(of=("self",))
    return calls.select_related("member__user").get(pk=call.pk)
