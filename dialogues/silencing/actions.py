"""The only write path for setting words aside, masking and restoring them, and appeals.

None of it records an event: events hold moments, and would lead to words whose author must stay
unknown. The rows themselves are the record, by day; none can be deleted.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from dialogues.policies import APPEAL, DECIDERS, SILENCED
from dialogues.silencing import reading, rules
from dialogues.silencing.models import Appeal, AppealOutcome, AppealVote, Ended, Silencing
from dialogues.silencing.reasons import TOGETHER, SilenceCode
from dialogues.voices.models import Contribution, Voice
from foundation.anonymity import stir, unnamed
from foundation.models import Agency
from foundation.refusals import enforce
from foundation.transactions import apart, attempt
from notifications.actions import tell

LONGEST = 2_000

Follow = Callable[[Silencing], None]
_following: list[Follow] = []


def following(follow: Follow) -> Follow:
    """Register a follower: called in the transaction of each change, for quotes of the words."""
    _following.append(follow)
    return follow


@transaction.atomic
def set_aside(words: Contribution | Voice, *, code: str, by: Member) -> Silencing:
    """Set spam aside, mask identifying words, or ask the other side to agree to other reasons.

    ValidationError: an unknown reason, or one already given for these words.
    """
    if code not in SilenceCode.values:
        raise ValidationError({"code": _("Choose one of the reasons.")})
    today, dialogue = by.agency.today(), words.dialogue
    side = reading.sides(dialogue, by.agency, today).get(by.pk)
    enforce(rules.setting_aside(dialogue, code, by, side=side))
    field = "voice" if isinstance(words, Voice) else "contribution"
    rows = Silencing.objects.within(by.agency)
    if rows.filter(**{field: words}, code=code).exists():
        raise ValidationError({"code": _("This reason was given for these words before.")})
    if rows.hiding(today).filter(**{field: words}).exclude(code="identifies").exists():
        raise ValidationError({"code": _("These words are set aside already.")})
    try:
        with attempt():
            silencing = rows.create(
                **{field: words},
                dialogue=dialogue,
                code=code,
                on=today,
                until=None if code == SilenceCode.SPAM else today + timedelta(days=SILENCED.value),
                asked_by=by,
                asked_side=side if code in TOGETHER and side is not None else "",
            )
    except IntegrityError:
        raise ValidationError(
            {"code": _("This reason was given for these words before.")}
        ) from None
    if code not in TOGETHER:
        _changed(silencing, "words.set_aside")
    return silencing


@transaction.atomic
def agree(silencing: Silencing, *, by: Member) -> Silencing:
    """The other side agrees: from now on nobody reads the words."""
    silencing, side = _other_side(silencing, by)
    silencing.agreed_by, silencing.agreed_on = by, by.agency.today()
    silencing.agreed_side = side
    silencing.save(update_fields=["agreed_by", "agreed_on", "agreed_side"])
    _changed(silencing, "words.set_aside")
    return silencing


@transaction.atomic
def refuse(silencing: Silencing, *, by: Member) -> Silencing:
    """The other side declines: the words stay."""
    silencing, _side = _other_side(silencing, by)
    return _end(silencing, Ended.REFUSED, by)


@transaction.atomic
def withdraw(silencing: Silencing, *, by: Member) -> Silencing:
    silencing = _locked(silencing, by)
    enforce(rules.withdrawing(silencing, by, on=by.agency.today()))
    return _end(silencing, Ended.WITHDRAWN, by)


@transaction.atomic
def undo(silencing: Silencing, *, by: Member) -> Silencing:
    """Another facilitator restores what one set aside alone."""
    silencing = _locked(silencing, by)
    enforce(rules.undoing(silencing, by, dialogue=silencing.dialogue))
    _end(silencing, Ended.UNDONE, by)
    _changed(silencing, "words.back")
    return silencing


@unnamed
def appeal(silencing: Silencing, *, by: Member, text: str = "") -> Appeal:
    """Appeal as the words' author with an account, even if they are shown without a name."""
    contribution = silencing.contribution
    if contribution is None or contribution.author_id != by.pk:
        raise Silencing.DoesNotExist
    return _appeal(silencing, text)


@unnamed
@apart
def appeal_unnamed(voice: Voice, *, text: str = "") -> Appeal | None:
    """Appeal with a receipt. Nothing else is written in this transaction.

    Sent twice, it is written once. The agency's appeals are rewritten with it in random order, so
    that none shows when it came.
    """
    today = voice.agency.today()
    rows = Silencing.objects.within(voice.agency)
    hiding = rows.hiding(today).filter(voice=voice, appeal=None).order_by("on", "pk").first()
    if hiding is None:
        return Appeal.objects.within(voice.agency).filter(silencing__voice=voice).first()
    return _appeal(hiding, text)


@transaction.atomic
def _appeal(silencing: Silencing, text: str) -> Appeal:
    agency, text = silencing.agency, text.strip()
    if len(text) > LONGEST:
        raise ValidationError({"text": _("Please write less.")})
    today = agency.today()
    rows, appeals = Silencing.objects.within(agency), Appeal.objects.within(agency)
    earlier = appeals.filter(silencing=silencing).first()
    hides = rows.hiding(today).filter(pk=silencing.pk).exists()
    enforce(rules.appealing(silencing, hides=hides, appealed=earlier is not None))
    made = appeals.create(
        silencing=silencing,
        text=text,
        on=today,
        until=today + timedelta(days=APPEAL.value),
    )
    stir(appeals)
    return made


@transaction.atomic
def vote(appeal: Appeal, *, by: Member, back: bool) -> Appeal:
    """Record the vote of a consumer member of the committee; enough equal votes decide."""
    today = by.agency.today()
    appeal = (
        Appeal.objects.within(by.agency)
        .select_for_update(of=("self",))
        .select_related("silencing__contribution")
        .get(pk=appeal.pk)
    )
    able = reading.deciders(appeal, today)
    enforce(rules.deciding(appeal, by, decides=by.pk in able, on=today))
    AppealVote.objects.within(by.agency).update_or_create(
        appeal=appeal, member=by, defaults={"agency": by.agency, "back": back, "on": today}
    )
    said = AppealVote.objects.within(by.agency).filter(appeal=appeal, member__in=able)
    alike = said.filter(back=back).count()
    if alike >= min(DECIDERS.value, len(able)):
        appeal.outcome = AppealOutcome.BACK if back else AppealOutcome.STAYS
        appeal.decided_on = today
        appeal.save(update_fields=["outcome", "decided_on"])
        _changed(appeal.silencing, "words.back" if back else "words.stay_aside")
    return appeal


@transaction.atomic
def close_run_out(agency: Agency, on: date) -> int:
    """Record what has expired, and restore quotes of it.

    Whether words are readable does not depend on this job: it follows from the dates.
    """
    over = Silencing.objects.within(agency).run_out(on).select_for_update(of=("self",))
    found = list(over.select_related("contribution", "voice"))
    for row in found:
        row.ended_how = Ended.EXPIRED if row.alone else Ended.LAPSED
        row.ended_on = row.until
        row.save(update_fields=["ended_how", "ended_on"])
        _changed(row, "words.back" if row.alone else "")
    forgotten = Appeal.objects.within(agency).filter(outcome=AppealOutcome.OPEN, until__lte=on)
    for late in forgotten.select_for_update(of=("self",)).select_related("silencing"):
        late.outcome, late.decided_on = AppealOutcome.BACK, late.until
        late.save(update_fields=["outcome", "decided_on"])
        _changed(late.silencing, "words.back")
    return len(found)


@transaction.atomic
def stir_silencings(agency: Agency) -> None:
    """Rewrite all in random order, so that no row shows when an author appealed."""
    stir(Silencing.objects.within(agency))
    stir(Appeal.objects.within(agency))


def _other_side(silencing: Silencing, by: Member) -> tuple[Silencing, str]:
    silencing, today = _locked(silencing, by), by.agency.today()
    side = reading.sides(silencing.dialogue, by.agency, today).get(by.pk)
    enforce(rules.agreeing(silencing, by, side=side, on=today))
    assert side is not None
    return silencing, side


def _end(silencing: Silencing, how: Ended, by: Member) -> Silencing:
    silencing.ended_how, silencing.ended_by, silencing.ended_on = how, by, by.agency.today()
    silencing.save(update_fields=["ended_how", "ended_by", "ended_on"])
    return silencing


def _locked(silencing: Silencing, by: Member) -> Silencing:
    rows = Silencing.objects.within(by.agency).select_for_update(of=("self",))
    rows = rows.select_related("dialogue__group", "contribution__author__user", "voice")
    return rows.get(pk=silencing.pk)


def _changed(silencing: Silencing, notice: str) -> None:
    """Notify followers that quote the words, and an author with an account."""
    for follow in _following:
        follow(silencing)
    said = silencing.contribution
    if notice and said is not None and said.author is not None:
        said.author.agency = silencing.agency
        tell(said.author, notice, subject=said, title="")
