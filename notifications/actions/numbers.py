"""People's numbers for texts: asked for, confirmed with a code, chosen for, and stopped."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events, tenancy
from foundation.models import Agency
from foundation.refusals import Refusal, Refused, enforce
from notifications import rules
from notifications.actions.messages import tell
from notifications.models import Often, Stopped, TextKind, TextMessage, TextNumber
from notifications.policies import TEXT_CODE


def live_number(member: Member) -> TextNumber | None:
    """The number to which the member gets texts now."""
    return TextNumber.objects.within(member.agency).live().filter(member=member).first()


def asked_number(member: Member) -> TextNumber | None:
    """The number to which a code was sent that can still be entered."""
    rows = TextNumber.objects.within(member.agency).asked()
    return rows.filter(member=member, asked_at__gt=timezone.now() - TEXT_CODE.span).first()


def _alone(member: Member) -> None:
    Member.objects.within(member.agency).select_for_update(no_key=True).get(pk=member.pk)


@transaction.atomic
def ask_for_texts(*, number: str, shared: bool, by: Member) -> TextNumber:
    """Text a code to this number (E.164); texts begin once `by` has entered it."""
    enforce(rules.having_texts(by))
    _alone(by)
    for each in TextNumber.objects.within(by.agency).asked().filter(member=by):
        _stop(each, Stopped.UNCONFIRMED)
    asked = TextNumber.objects.within(by.agency).create(member=by, number=number, shared=shared)
    TextMessage.objects.within(by.agency).create(member=by, number=asked, kind=TextKind.CODE)
    events.record("texts.asked", asked, by=by)
    return asked


@transaction.atomic
def confirm_number(*, code: str, by: Member) -> TextNumber:
    """Begin texts to the number whose code this is; refused if it is not, or too old."""
    enforce(rules.having_texts(by))
    _alone(by)
    asked = asked_number(by)
    if asked is None or not constant_time_compare(code, asked.code):
        raise Refused(Refusal(_("That is not the code."), _("Ask for a new one.")))
    former = live_number(by)
    if former is not None:
        _stop(former, Stopped.REPLACED)
        asked.meetings, asked.payments = former.meetings, former.payments
        asked.messages, asked.often = former.messages, former.often
        asked.quiet_from, asked.quiet_until = former.quiet_from, former.quiet_until
    asked.confirmed_at = asked.texted_at = timezone.now()
    asked.save()
    events.record("texts.confirmed", asked, by=by)
    return asked


@transaction.atomic
def choose_texts(
    *,
    meetings: bool,
    payments: bool,
    messages: bool,
    often: Often,
    quiet_from: int,
    quiet_until: int,
    shared: bool,
    by: Member,
) -> TextNumber:
    """Change what `by` gets texts for, and when; refused if they get none."""
    enforce(rules.having_texts(by))
    rows = TextNumber.objects.within(by.agency).live().select_for_update(no_key=True)
    number = rows.filter(member=by).first()
    if number is None:
        raise Refused(Refusal(_("You get no texts."), _("Write your number first.")))
    number.meetings, number.payments, number.messages = meetings, payments, messages
    number.often, number.shared = often, shared
    number.quiet_from, number.quiet_until = quiet_from, quiet_until
    number.save()
    events.record("texts.chosen", number, by=by)
    return number


@transaction.atomic
def stop_texts(*, by: Member) -> None:
    """End texts to `by`; does nothing if they get none."""
    for each in _to_stop(by):
        _stop(each, Stopped.PAGE)
        events.record("texts.stopped", each, by=by)


def stop_texts_of(member: Member) -> None:
    """End texts to somebody who left."""
    for each in _to_stop(member):
        _stop(each, Stopped.LEFT)


@transaction.atomic
def stop_texts_to(number: str) -> int:
    """End texts to this number in all agencies: its phone said STOP. Return to how many people."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        rows = TextNumber.objects.across(agencies).filter(number=number, stopped_at=None)
        found = list(rows.values_list("agency_id", "pk"))
    for agency_id, key in found:
        agency = agencies[agency_id]
        with tenancy.entering(agency):
            stop_number(TextNumber.objects.within(agency).get(pk=key), Stopped.REPLY)
    return len(found)


@transaction.atomic
def stop_number(number: TextNumber, why: Stopped) -> None:
    """End texts to a number because of what came back, and tell its owner; does nothing twice."""
    rows = TextNumber.objects.within(number.agency).select_related("member__user")
    number = rows.select_for_update(no_key=True, of=("self",)).get(pk=number.pk)
    if number.stopped_at is not None:
        return
    was_live = number.confirmed_at is not None
    _stop(number, why)
    events.record("texts.stopped", number, by=None)
    if was_live:
        code = "texts.unreachable" if why is Stopped.UNREACHABLE else "texts.stopped"
        number.member.agency = number.agency
        tell(number.member, code, subject=number, title="")


@transaction.atomic
def forget_unconfirmed(agency: Agency) -> int:
    """Forget numbers whose code was not entered in time; return how many."""
    rows = TextNumber.objects.within(agency).asked()
    late = rows.filter(asked_at__lte=timezone.now() - TEXT_CODE.span)
    found = list(late.select_for_update(no_key=True, skip_locked=True))
    for each in found:
        _stop(each, Stopped.UNCONFIRMED)
    return len(found)


def _to_stop(member: Member) -> list[TextNumber]:
    rows = TextNumber.objects.within(member.agency).filter(member=member, stopped_at=None)
    return list(rows.select_for_update(no_key=True).order_by("pk"))


def _stop(number: TextNumber, why: Stopped) -> None:
    number.number, number.stopped_at, number.stopped_why = "", timezone.now(), why
    number.save(update_fields=["number", "stopped_at", "stopped_why"])
