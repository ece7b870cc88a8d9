"""The only write path for outside contacts, contact requests and no-contact orders."""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events, workdays
from foundation.models import Agency
from foundation.refusals import enforce
from notifications.actions import tell
from notifications.of_changes import second_administrator
from safety import rules
from safety.models import (
    ApartEnd,
    ApartReason,
    Call,
    Chosen,
    ContactKind,
    NoContact,
    OutsideContact,
)
from safety.policies import FIRST_LOOK, NO_CONTACT_REVIEW


@transaction.atomic
def enter_contact(
    *, by: Member, kind: str, name: str, phone: str, address: str = "", rule: str = ""
) -> OutsideContact:
    """Enter how this contact is reached from today on; the earlier entry stays on record.

    ValidationError: no name, no phone, or no rule for the hotline.
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
    """End a contact that can no longer be reached, without a successor."""
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
    """Lock the agency, so that two simultaneous entries run one after the other."""
    return Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


@transaction.atomic
def ask_for_contact(*, by: Member, chosen: Sequence[Member], how: str = "") -> Call:
    """Ask these facilitators to get in touch; nobody else learns of it.

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
    """Confirm having seen the request; the person who asked is told by whom."""
    call = _call(call, by)
    enforce(rules.looking(call, by, chosen=is_chosen(call, by)))
    if call.looked_on is None:
        call.looked_on, call.looked_by = by.agency.today(), by
        call.save(update_fields=["looked_on", "looked_by"])
        tell(call.member, "call.seen", subject=call, title="")
    return call


@transaction.atomic
def finish(call: Call, *, by: Member) -> Call:
    """Confirm that the facilitator has been in touch; the person's note is erased."""
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


@transaction.atomic
def keep_apart(
    first: Member,
    second: Member,
    *,
    reason: str,
    since: date,
    until: date | None = None,
    known_to: Collection[Member],
    by: Member,
) -> NoContact:
    """Keep two members out of one room from `since` on; `until` is the first day without it.

    `known_to`: which of the two have been told in person; they read the order on their own page.
    The portal tells neither of them. ValidationError: the same person twice, one of them is
    recording it, a past day, nobody who knows, an agreement that only one knows of, or an existing
    order.
    """
    enforce(rules.keeping_apart(by))
    # Lock in key order, so that two people who record the same pair can't deadlock.
    pair = Member.objects.within(by.agency).filter(pk__in=(first.pk, second.pk)).order_by("pk")
    found = list(pair.select_for_update())
    today = by.agency.today()
    knowing = {member.pk for member in known_to}
    _check_pair(found, knowing, reason, by)
    _check_days(found, since, until, today)
    one, other = found
    order = NoContact.objects.within(by.agency).create(
        one=one,
        other=other,
        reason=reason,
        since=since,
        until=until,
        one_knows=one.pk in knowing,
        other_knows=other.pk in knowing,
        review_by=_next_review(today, until, by),
        reviewed_on=today,
        reviewed_by=by,
        by=by,
    )
    events.record("no_contact.recorded", order, by=by, reason=reason)
    _tell_a_second(order, "no_contact.recorded", by)
    return order


def _check_pair(found: Sequence[Member], knowing: set[int], reason: str, by: Member) -> None:
    keys = {member.pk for member in found}
    if len(keys) == 1:
        raise ValidationError({"second": _("Choose two different people.")})
    if by.pk in keys:
        raise ValidationError(
            {"first": _("You can’t record this about yourself. Ask another administrator.")}
        )
    if reason not in ApartReason.values:
        raise ValidationError({"reason": _("Choose a reason.")})
    if not knowing or not knowing <= keys:
        raise ValidationError({"known_to": _("Say which of the two know about it.")})
    if reason == ApartReason.AGREEMENT and knowing != keys:
        raise ValidationError(
            {"known_to": _("Both people have to know about an agreement between them.")}
        )


def _check_days(pair: Sequence[Member], since: date, until: date | None, today: date) -> None:
    if until is not None and until <= max(since, today):
        raise ValidationError({"until": _("Choose a day after today and after the first day.")})
    one, other = pair
    same = NoContact.objects.within(one.agency).filter(one=one, other=other).lasting(since)
    if until is not None:
        same = same.filter(since__lt=until)
    if same.exists():
        raise ValidationError({"second": _("This is recorded for these two people already.")})


def _next_review(today: date, until: date | None, by: Member) -> date:
    due = today + NO_CONTACT_REVIEW.span(by.agency, today)
    return due if until is None else min(due, until)


@transaction.atomic
def review_apart(order: NoContact, *, by: Member) -> NoContact:
    """Record a review that extends the order to its next review."""
    order = _apart(order, by)
    enforce(rules.settling_apart(order, by))
    today = by.agency.today()
    order.reviewed_on, order.reviewed_by = today, by
    order.review_by = _next_review(today, order.until, by)
    order.save(update_fields=["reviewed_on", "reviewed_by", "review_by"])
    events.record("no_contact.reviewed", order, by=by)
    return order


@transaction.atomic
def both_know(order: NoContact, *, by: Member) -> NoContact:
    """Record that the second of the two was told in person; from now on they can read it."""
    order = _apart(order, by)
    enforce(rules.telling_apart(order, by))
    order.one_knows = order.other_knows = True
    order.save(update_fields=["one_knows", "other_knows"])
    events.record("no_contact.known", order, by=by)
    return order


@transaction.atomic
def end_apart(order: NoContact, *, why: str, by: Member) -> NoContact:
    """End the order today: the two may share a room again."""
    order = _apart(order, by)
    enforce(rules.settling_apart(order, by))
    if why not in ApartEnd.values:
        raise ValidationError({"why": _("Choose why it ends.")})
    order.until = max(by.agency.today(), order.since)
    order.ended_at, order.ended_by, order.ended_why = timezone.now(), by, why
    order.save(update_fields=["until", "ended_at", "ended_by", "ended_why"])
    events.record("no_contact.ended", order, by=by, why=why)
    _tell_a_second(order, "no_contact.ended", by)
    return order


def _tell_a_second(order: NoContact, code: str, by: Member) -> None:
    """Tell an administrator who did not do it and is neither of the two."""
    other = second_administrator(by.agency, by.pk, order.one_id, order.other_id)
    if other is not None:
        tell(other, code, subject=order, title="")


def _apart(order: NoContact, by: Member) -> NoContact:
    return NoContact.objects.within(by.agency).select_for_update(of=("self",)).get(pk=order.pk)
