"""What the writer does: without a name, an hour, an event or anything else beside it."""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from concerns import eligible, rules
from concerns.envelopes import (
    LONGEST,
    close_words,
    key_by_receipt,
    key_for_receipt,
    new_key,
    seal_key,
)
from concerns.locking import ReceiptKeys
from concerns.models import (
    Concern,
    ConcernMessage,
    ConcernSeal,
    HolderKind,
    KeyHolder,
    MessageKind,
    TakenOn,
)
from concerns.policies import SENT_A_WEEK
from foundation import tenancy
from foundation.anonymity import stir, unnamed
from foundation.models import Agency
from foundation.refusals import Refusal, Refused, enforce
from foundation.transactions import apart, attempt


@unnamed
@apart
def write(
    agency: Agency,
    *,
    keys: ReceiptKeys,
    text: str,
    to: Collection[KeyHolder],
    not_readers: Collection[KeyHolder] = (),
    may_go_on: bool = False,
) -> None:
    """Seal a concern to the readers whom the form showed, except those whom the writer named.

    Sent twice with the same receipt, it is written once. The concerns of this week are rewritten
    with it in random order. Refused: fewer than two readers are left, or too many came this week.
    """
    today = agency.today()
    week = monday(today)
    shown = {holder.pk for holder in to} - {holder.pk for holder in not_readers}
    readers = [each for each in eligible.readers(agency, today) if each.pk in shown]
    enforce(rules.writing(agency, len(readers)))
    _not_too_many(agency, week)
    said = said_in(text)
    key = new_key()
    marks = {holder.mark for holder in not_readers}
    try:
        with attempt():
            concern = Concern.objects.within(agency).create(
                week=week,
                receipt=keys.name,
                receipt_key=key_for_receipt(keys.key, key),
                may_go_on=may_go_on,
            )
    except IntegrityError:
        return
    sheets = KeyHolder.objects.within(agency).keyed().filter(kind=HolderKind.SHEET)
    seals = ConcernSeal.objects.within(agency)
    for holder in (*readers, *sheets):
        seals.create(concern=concern, holder=holder, envelope=seal_key(holder.public_key, key))
    ConcernMessage.objects.within(agency).create(
        concern=concern,
        number=1,
        kind=MessageKind.WRITER,
        envelope=close_words(key, 1, said, not_readers=marks),
        week=week,
    )
    _stir_week(agency, week)


@unnamed
@apart
def add(agency: Agency, *, keys: ReceiptKeys, text: str) -> None:
    """More words from the writer, who has the receipt. The same words twice are kept twice."""
    concern = _of(agency, keys)
    enforce(rules.answering(concern))
    put_message(
        concern,
        key_by_receipt(keys.key, concern.receipt_key),
        kind=MessageKind.WRITER,
        text=text,
    )
    _stir_week(agency, monday(agency.today()))


@unnamed
@apart
def let_go_on(agency: Agency, *, keys: ReceiptKeys, agreed: bool) -> None:
    """Agree, or no longer, that readers take it to the board's chair or the rights officer."""
    concern = _of(agency, keys)
    taken = TakenOn.objects.within(agency).filter(concern=concern).exists()
    enforce(rules.consenting(concern, taken=taken))
    concern.may_go_on = agreed
    concern.save(update_fields=["may_go_on"])
    _stir_week(agency, concern.week)


@unnamed
@apart
def make_complaint(agency: Agency, *, keys: ReceiptKeys) -> None:
    """Make it a formal complaint as well: readers hand it in."""
    concern = _of(agency, keys)
    enforce(rules.complaining(concern))
    concern.complaint = True
    concern.save(update_fields=["complaint"])
    _stir_week(agency, concern.week)


def put_message(concern: Concern, key: bytes, *, kind: str, text: str, by: str = "") -> None:
    """The next message of a locked concern; `by` is the mark of a reader."""
    messages = ConcernMessage.objects.within(concern.agency).filter(concern=concern)
    number = (messages.aggregate(last=Max("number"))["last"] or 0) + 1
    messages.create(
        concern=concern,
        number=number,
        kind=kind,
        envelope=close_words(key, number, said_in(text), by=by),
        week=monday(concern.agency.today()),
    )


def agency_of(keys: ReceiptKeys) -> Agency | None:
    """The agency in which this receipt was given out, if any was."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rows = Concern.objects.across(agencies).select_related("agency")
        found = rows.filter(receipt=keys.name).first()
    return found.agency if found else None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def said_in(text: str) -> str:
    """The text without space around it; ValidationError: nothing in it, or too much."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to say.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("Please write less.")})
    return text


def _of(agency: Agency, keys: ReceiptKeys) -> Concern:
    """The locked concern of a receipt; Concern.DoesNotExist."""
    rows = Concern.objects.within(agency).select_for_update(of=("self",))
    return rows.get(receipt=keys.name)


def _not_too_many(agency: Agency, week: date) -> None:
    if Concern.objects.within(agency).filter(week=week).count() >= SENT_A_WEEK.value:
        raise Refused(
            Refusal(_("Too much was sent this week."), _("You can call the people outside."))
        )


def _stir_week(agency: Agency, week: date) -> None:
    """Rewrite the rows of a week together, so that none shows when it came."""
    concerns = Concern.objects.within(agency).filter(week=week)
    stir(ConcernSeal.objects.within(agency).filter(concern__in=concerns))
    stir(ConcernMessage.objects.within(agency).filter(week=week))
    stir(concerns)
