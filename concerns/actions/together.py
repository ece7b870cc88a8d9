"""What two readers do with a concern: read, reply, note, take it further, pass its key on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from concerns import eligible, rules
from concerns.actions.readers import is_named, pass_key_on
from concerns.actions.writing import put_message
from concerns.envelopes import open_key, open_words
from concerns.models import (
    Concern,
    ConcernMessage,
    ConcernPresence,
    ConcernSeal,
    KeyHolder,
    MessageKind,
    TakenOn,
    TakenTo,
)
from concerns.policies import ANSWER
from concerns.rules import OpenKey
from foundation.refusals import enforce
from notifications.actions import tell


@dataclass(frozen=True)
class OpenedMessage:
    """One message as it was written; `by` is the reader who wrote it, None for the writer."""

    number: int
    kind: MessageKind
    text: str
    week: date
    by: Member | None


@transaction.atomic
def be_present(seal: ConcernSeal, *, key: OpenKey, by: Member) -> ConcernPresence:
    """Say that one is there to read; with a second reader there, both have read it."""
    enforce(rules.opening(seal.holder, key, by))
    agency, now = by.agency, timezone.now()
    Concern.objects.within(agency).select_for_update(of=("self",)).get(pk=seal.concern_id)
    rows = ConcernPresence.objects.within(agency).filter(concern=seal.concern_id)
    rows.exclude(until__gt=now).delete()
    presence, _made = rows.update_or_create(
        concern=seal.concern,
        holder=seal.holder,
        defaults={"agency": agency, "until": key.until},
    )
    if rules.reading(seal, key, by, now) is None:
        there = rows.values("holder")
        seals = ConcernSeal.objects.within(agency).filter(concern=seal.concern_id)
        unread = seals.filter(holder__in=there, read_on=None).exclude(envelope=None)
        unread.update(read_on=agency.today())
    return presence


def opened(seal: ConcernSeal, *, key: OpenKey, by: Member) -> list[OpenedMessage]:
    """All messages of a concern, for a reader who is not alone. Nothing of it is kept."""
    enforce(rules.reading(seal, key, by, timezone.now()))
    return messages_with(seal.concern, _key_of(seal, key))


def messages_with(
    concern: Concern, key: bytes, kinds: Sequence[str] = MessageKind.values
) -> list[OpenedMessage]:
    """The messages of these kinds, opened with the concern's key; two queries."""
    agency = concern.agency
    rows = ConcernMessage.objects.within(agency).filter(concern=concern, kind__in=kinds)
    holders = KeyHolder.objects.within(agency).readers().select_related("member")
    names = {each.mark: each.member for each in holders}
    found = []
    for row in rows.order_by("number"):
        words = open_words(key, row.number, row.envelope)
        kind, by = MessageKind(row.kind), names.get(words.by)
        found.append(OpenedMessage(row.number, kind, words.text, row.week, by))
    return found


@transaction.atomic
def reply(seal: ConcernSeal, *, text: str, key: OpenKey, by: Member) -> None:
    """Reply to the writer, who finds it with their code."""
    _say(seal, MessageKind.REPLY, text, key, by)


@transaction.atomic
def note(seal: ConcernSeal, *, text: str, key: OpenKey, by: Member) -> None:
    """A note that only the readers read."""
    _say(seal, MessageKind.NOTE, text, key, by)


def _say(seal: ConcernSeal, kind: MessageKind, text: str, key: OpenKey, by: Member) -> None:
    concern = _concern(seal, key, by)
    enforce(rules.answering(concern))
    put_message(concern, _key_of(seal, key), kind=kind, text=text, by=seal.holder.mark)


@transaction.atomic
def take_on(seal: ConcernSeal, *, to: str, key: OpenKey, by: Member) -> TakenOn:
    """Write down that it was taken to the board's chair or the rights officer; the clock starts."""
    concern = _concern(seal, key, by)
    rows = TakenOn.objects.within(by.agency)
    enforce(rules.taking_on(concern, to, taken=rows.filter(concern=concern).exists()))
    today = by.agency.today()
    chair = eligible.chair_of_board(by.agency, today) if to == TakenTo.CHAIR else None
    return rows.create(
        concern=concern,
        to=TakenTo(to),
        chair=chair,
        by=by,
        on=today,
        answer_by=today + ANSWER.span(by.agency, today),
    )


@transaction.atomic
def hear_back(seal: ConcernSeal, *, text: str, key: OpenKey, by: Member) -> TakenOn:
    """Write down the answer of the chair or the rights officer; the writer reads it."""
    concern = _concern(seal, key, by)
    taken = TakenOn.objects.within(by.agency).filter(concern=concern).first()
    enforce(rules.hearing_back(taken))
    assert taken is not None
    put_message(concern, _key_of(seal, key), kind=MessageKind.REPLY, text=text, by=seal.holder.mark)
    taken.answered_on = by.agency.today()
    taken.save(update_fields=["answered_on"])
    return taken


@transaction.atomic
def hand_in(seal: ConcernSeal, *, key: OpenKey, by: Member) -> Concern:
    """Write down that the formal complaint was handed in; the writer sees the day."""
    concern = _concern(seal, key, by)
    enforce(rules.handing_in(concern))
    concern.complaint_on = by.agency.today()
    concern.save(update_fields=["complaint_on"])
    return concern


@transaction.atomic
def close(seal: ConcernSeal, *, key: OpenKey, by: Member) -> Concern:
    """Close it: nobody can add to it, and it can still be read."""
    concern = _concern(seal, key, by)
    enforce(rules.answering(concern))
    concern.closed_on = by.agency.today()
    concern.save(update_fields=["closed_on"])
    return concern


@transaction.atomic
def pass_on(seal: ConcernSeal, *, to: KeyHolder, key: OpenKey, by: Member) -> None:
    """Seal the concern to a reader who lost their code or came later; all readers are told."""
    concern = _concern(seal, key, by)
    opened_key = _key_of(seal, key)
    to = KeyHolder.objects.within(by.agency).select_for_update(of=("self",)).get(pk=to.pk)
    has = ConcernSeal.objects.within(by.agency).filter(concern=concern, holder=to)
    enforce(
        rules.passing_on(
            to,
            has=has.exclude(envelope=None).exists(),
            named=is_named(concern, to, opened_key),
        )
    )
    pass_key_on(concern, to, opened_key, by=by)
    for reader in eligible.readers(by.agency, by.agency.today()):
        if reader.member is not None and reader.member_id != by.pk:
            tell(reader.member, "concern_reader.passed_on", subject=to, title="")


def lacking(seal: ConcernSeal, *, key: OpenKey, by: Member) -> list[KeyHolder]:
    """The readers of today to whom this concern could be passed on."""
    has = ConcernSeal.objects.within(by.agency).filter(concern=seal.concern_id)
    has = has.exclude(envelope=None)
    others = eligible.readers(by.agency, by.agency.today())
    opened_key = _key_of(seal, key)
    return [
        each
        for each in others.exclude(pk__in=has.values("holder"))
        if not is_named(seal.concern, each, opened_key)
    ]


def _concern(seal: ConcernSeal, key: OpenKey, by: Member) -> Concern:
    """The locked concern, for a reader who may act on it now."""
    enforce(rules.reading(seal, key, by, timezone.now()))
    rows = Concern.objects.within(by.agency).select_for_update(of=("self",))
    return rows.get(pk=seal.concern_id)


def _key_of(seal: ConcernSeal, key: OpenKey) -> bytes:
    return open_key(key.private, key.holder.public_key, seal.envelope or b"")
