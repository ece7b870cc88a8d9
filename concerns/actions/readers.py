"""Becoming a reader, losing a code, stopping; and the sheet of paper that is kept outside."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from concerns import eligible, rules
from concerns.envelopes import open_key, open_words, seal_key
from concerns.locking import WrongCode, lock, new_reading_code, unlock
from concerns.models import (
    Concern,
    ConcernMessage,
    ConcernPresence,
    ConcernSeal,
    HolderKind,
    KeyHolder,
    random_mark,
)
from concerns.policies import TRIES, WAIT
from foundation import attempts, events
from foundation.models import Agency
from foundation.refusals import Refusal, Refused, enforce
from foundation.sealing import KeyPair
from notifications.actions import tell


@transaction.atomic
def ask_to_read(member: Member, *, trained_on: date, by: Member) -> KeyHolder:
    """Ask a consumer of the committee who had the training to read concerns.

    ValidationError: the training lies ahead.
    """
    _lock(by.agency)
    enforce(rules.asking(member, by))
    today = by.agency.today()
    if trained_on > today:
        raise ValidationError({"trained_on": _("Enter a day that is not in the future.")})
    rows = KeyHolder.objects.within(by.agency)
    before = rows.filter(member=member).order_by("-pk").first()
    holder = rows.create(
        kind=HolderKind.READER,
        member=member,
        # Who was named in a concern stays named in it.
        mark=before.mark if before is not None else random_mark(),
        trained_on=trained_on,
        asked_on=today,
        by=by,
    )
    events.record("concern_reader.asked", holder, by=by)
    tell(member, "concern_reader.asked", subject=holder, title="")
    return holder


@transaction.atomic
def begin_reading(holder: KeyHolder, *, by: Member) -> str:
    """Say yes, with one's name shown to everybody in the program; return the reading code.

    The code is shown once and stored nowhere.
    """
    holder = _locked(holder)
    enforce(rules.accepting(holder, by))
    holder.shown_since = by.agency.today()
    code = _give_key(holder)
    holder.save(update_fields=["shown_since", "public_key", "locked_key"])
    events.record("concern_reader.began", holder, by=by)
    return code


@transaction.atomic
def renew_code(holder: KeyHolder, *, by: Member) -> str:
    """Give a new code for a lost one. Concerns are lost to them until another passes them on."""
    holder = _locked(holder)
    enforce(rules.renewing(holder, by))
    code = _give_key(holder)
    holder.renewed_on = by.agency.today()
    holder.save(update_fields=["public_key", "locked_key", "renewed_on"])
    _forget_seals(holder)
    events.record("concern_reader.renewed", holder, by=by)
    for other in eligible.readers(by.agency, by.agency.today()).exclude(pk=holder.pk):
        _tell(other, "concern_reader.renewed", holder)
    return code


@transaction.atomic
def stop_reading(holder: KeyHolder, *, by: Member) -> KeyHolder:
    """Take the key away: nothing opens with the code any more. Who read what stays on record."""
    holder = _locked(holder)
    enforce(rules.ending(holder, by))
    _end(holder, by)
    events.record("concern_reader.ended", holder, by=by)
    return holder


def take_key_of(member: Member, *, by: Member | None) -> None:
    """End the reading of somebody who is erased."""
    for holder in KeyHolder.objects.within(member.agency).lasting().filter(member=member):
        _end(holder, by or member)


def leave(holder: KeyHolder) -> None:
    """No longer be there to read any concern; others who are left alone read no further."""
    ConcernPresence.objects.within(holder.agency).filter(holder=holder).delete()


def open_private_key(holder: KeyHolder, code: str, *, by: Member) -> bytes:
    """The reader's private key; ValidationError: not their code. Refused: too many tries."""
    enforce(rules.entering_code(holder, by))
    wrong = _("This is not your reading code. Check it, and type it again.")
    return _try_code(holder, code, ("concern reading code", str(holder.pk)), wrong)


@transaction.atomic
def make_sheet(*, by: Member) -> str:
    """Make the sheet for the ombuds, instead of an earlier one; return the code on it.

    Each concern from now on is sealed to it, too.
    """
    _lock(by.agency)
    enforce(rules.making_sheet(by))
    today = by.agency.today()
    for earlier in KeyHolder.objects.within(by.agency).lasting().filter(kind=HolderKind.SHEET):
        _end(earlier, by)
    sheet = KeyHolder(
        agency=by.agency, kind=HolderKind.SHEET, asked_on=today, by=by, shown_since=today
    )
    code = _give_key(sheet)
    sheet.save(force_insert=True)
    events.record("concern_sheet.made", sheet, by=by)
    for reader in eligible.readers(by.agency, today):
        _tell(reader, "concern_sheet.made", sheet)
    return code


def use_sheet(code: str, *, by: Member) -> int:
    """Pass on every concern that the sheet opens to all readers whom it does not name.

    The last resort, when the readers' codes are lost; all readers are told. Return how many keys
    were passed on. ValidationError: not the code of the sheet. Refused: too many tries.
    """
    enforce(rules.making_sheet(by))
    sheet = KeyHolder.objects.within(by.agency).keyed().filter(kind=HolderKind.SHEET).first()
    wrong = _("This is not the code of the sheet. Check it, and type it again.")
    private = _try_code(sheet, code, ("concern sheet", str(by.agency_id)), wrong)
    assert sheet is not None
    return _pass_all_on(sheet, private, by)


@transaction.atomic
def _pass_all_on(sheet: KeyHolder, private: bytes, by: Member) -> int:
    readers = list(eligible.readers(by.agency, by.agency.today()))
    passed = 0
    for seal in eligible.sealed_to(sheet).select_related("concern"):
        key = open_key(private, sheet.public_key, seal.envelope or b"")
        passed += sum(pass_key_on(seal.concern, reader, key, by=by) for reader in readers)
    events.record("concern_sheet.used", sheet, by=by)
    for reader in readers:
        _tell(reader, "concern_sheet.used", sheet)
    return passed


def _try_code(holder: KeyHolder | None, code: str, name: tuple[str, ...], wrong: str) -> bytes:
    """Open the lock with the code. Called outside a transaction, so that each try counts."""
    if attempts.count(*name, seconds=WAIT.span.total_seconds()) > TRIES.value:
        raise Refused(
            Refusal(
                _("There were too many wrong codes."),
                _("You can try again in %(time)s.") % {"time": WAIT.words},
            )
        )
    try:
        private = unlock(code, bytes(holder.locked_key or b"") if holder is not None else b"")
    except WrongCode as error:
        raise ValidationError({"code": wrong}) from error
    attempts.forget(*name)
    return private


def pass_key_on(concern: Concern, to: KeyHolder, key: bytes, *, by: Member) -> bool:
    """Seal the concern's key to a reader who does not have it; False: they have, or are named."""
    seals = ConcernSeal.objects.within(concern.agency)
    if is_named(concern, to, key) or seals.filter(
        concern=concern, holder=to, envelope__isnull=False
    ):
        return False
    seals.update_or_create(
        concern=concern,
        holder=to,
        defaults={
            "agency": concern.agency,
            "envelope": seal_key(to.public_key, key),
            "passed_on": concern.agency.today(),
            "passed_on_by": by,
        },
    )
    return True


def is_named(concern: Concern, holder: KeyHolder, key: bytes) -> bool:
    """Whether the writer said "not this person" of this reader."""
    first = ConcernMessage.objects.within(concern.agency).get(concern=concern, number=1)
    return holder.mark in open_words(key, first.number, first.envelope).not_readers


def _give_key(holder: KeyHolder) -> str:
    pair, code = KeyPair.new(), new_reading_code()
    holder.public_key, holder.locked_key = pair.public, lock(code, pair.private)
    return code


def _end(holder: KeyHolder, by: Member) -> None:
    holder.ended_on, holder.ended_by = by.agency.today(), by
    holder.public_key, holder.locked_key = "", None
    holder.save(update_fields=["ended_on", "ended_by", "public_key", "locked_key"])
    _forget_seals(holder)


def _forget_seals(holder: KeyHolder) -> None:
    """Empty the envelopes that nobody can open now; who read when stays."""
    agency = holder.agency
    ConcernSeal.objects.within(agency).filter(holder=holder).update(envelope=None)
    ConcernPresence.objects.within(agency).filter(holder=holder).delete()


def _tell(reader: KeyHolder, code: str, about: KeyHolder) -> None:
    assert reader.member is not None, "a reader is a member"
    tell(reader.member, code, subject=about, title="")


def _locked(holder: KeyHolder) -> KeyHolder:
    rows = KeyHolder.objects.within(holder.agency).select_for_update(of=("self",))
    return rows.get(pk=holder.pk)


def _lock(agency: Agency) -> None:
    """So that two simultaneous acts run one after the other."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
