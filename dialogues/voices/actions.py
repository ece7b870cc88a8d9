"""Recording what people say: signed, entered from paper, or anonymous."""

from dataclasses import asdict
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.policies import VOICES_A_WEEK
from dialogues.readers import rules as reader_rules
from dialogues.voices import receipts, rules
from dialogues.voices.clocks import promised
from dialogues.voices.models import Contribution, Prompt, Voice
from foundation import events
from foundation.anonymity import stir, unnamed
from foundation.models import Agency
from foundation.refusals import Refusal, Refused, enforce
from foundation.transactions import apart, attempt

LONGEST = 4_000
# Voices of this many days are rewritten together, so that none shows when it came.
STIRRED = timedelta(days=14)


@transaction.atomic
def contribute(
    agency: Agency,
    *,
    by: Member,
    text: str,
    dialogue: Dialogue | None = None,
    prompt: str = Prompt.OTHER,
    named: bool = True,
    on: date | None = None,
    key: int | None = None,
) -> Contribution:
    """Speak in a dialogue, or to the whole program, with one's name shown or not.

    Without a name it is sent once for each `key`, and nothing is recorded beside it.
    """
    enforce(rules.speaking(dialogue, by))
    contribution = Contribution(
        agency=agency,
        dialogue=dialogue,
        author=by,
        named=named,
        prompt=_asked(prompt),
        text=_said(text),
        **_dated(agency, on),
    )
    return _write(contribution, by, key)


@transaction.atomic
def enter_for_someone(
    agency: Agency,
    *,
    by: Member,
    text: str,
    consented: bool,
    author: Member | None = None,
    dialogue: Dialogue | None = None,
    prompt: str = Prompt.OTHER,
    named: bool = False,
    on: date | None = None,
    key: int | None = None,
) -> Contribution:
    """Enter what somebody wrote on paper, with their consent.

    Without `author`, it is from somebody who is not a member: no name is stored. Unsigned words are
    entered once for each `key`, and nothing is recorded beside them. ValidationError: no consent.
    """
    enforce(rules.writing_down_for_someone(dialogue, by))
    if not consented:
        raise ValidationError(
            {"consented": _("Ask them first, and check the box when they agree.")}
        )
    today = on or agency.today()
    contribution = Contribution(
        agency=agency,
        dialogue=dialogue,
        author=author,
        named=named and author is not None,
        prompt=_asked(prompt),
        text=_said(text),
        entered_by=by,
        consented_on=today,
        **_dated(agency, today),
    )
    return _write(contribution, by, key)


def _write(contribution: Contribution, by: Member, key: int | None) -> Contribution:
    if not contribution.named:
        return _write_unnamed(contribution, key)
    contribution.save(force_insert=True)
    events.record("contribution.made", contribution.dialogue or contribution, by=by)
    return contribution


@unnamed
@transaction.atomic
def _write_unnamed(contribution: Contribution, key: int | None) -> Contribution:
    """Write unsigned words so that nothing but their day shows when they were said."""
    if key is not None:
        contribution.pk = key
    words = Contribution.objects.within(contribution.agency)
    try:
        with attempt():
            contribution.save(force_insert=True)
    except IntegrityError:
        return words.get(pk=contribution.pk)
    stir(words.filter(on=contribution.on))
    return contribution


@unnamed
@apart
def speak_anonymously(
    agency: Agency,
    *,
    receipt: str,
    text: str,
    dialogue_id: int | None = None,
    prompt: str = Prompt.OTHER,
    on: date | None = None,
) -> None:
    """Record an anonymous voice: only the words, the day, and the receipt's digest.

    No event, no history, no mark: nothing else is written in this transaction. The voices of this
    day and the days before are rewritten with it in random order, so that none shows when it came.
    Sent twice with the same receipt, it is written once.
    """
    if dialogue_id is None:
        enforce(reader_rules.heard_by_program(agency))
    voices = Voice.objects.within(agency)
    on = on or agency.today()
    if voices.filter(on__range=(monday(on), on)).count() >= VOICES_A_WEEK.value:
        raise Refused(
            Refusal(
                _("Too much was sent this week."), _("Please tell a facilitator what happened.")
            )
        )
    try:
        with attempt():
            voices.create(
                dialogue_id=dialogue_id,
                prompt=_asked(prompt),
                text=_said(text),
                **_dated(agency, on),
                receipt=receipts.digest(receipt),
            )
    except IntegrityError:
        return
    stir_voices(agency, on)


@transaction.atomic
def stir_voices(agency: Agency, on: date) -> int:
    """Rewrite the voices of the two weeks up to a day in random order."""
    return stir(Voice.objects.within(agency).filter(on__gt=on - STIRRED, on__lte=on))


@transaction.atomic
def stir_contributions(agency: Agency, on: date) -> int:
    """The same for what members said, with a name or without."""
    words = Contribution.objects.within(agency)
    return stir(words.filter(on__gt=on - STIRRED, on__lte=on))


def _dated(agency: Agency, on: date | None) -> dict[str, date]:
    """The day, and the deadlines promised for words of that day."""
    on = on or agency.today()
    return {"on": on, **asdict(promised(agency, on))}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _asked(prompt: str) -> str:
    if prompt not in Prompt.values:
        raise ValidationError({"prompt": _("Choose one of the questions.")})
    return prompt


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to say.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("Please write less.")})
    return text
