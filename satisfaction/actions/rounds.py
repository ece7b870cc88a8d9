"""Survey rounds: opened for everyone who took part, reminded of, extended, closed."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from foundation import events
from foundation.anonymity import rewrite
from foundation.models import Agency
from foundation.months import months_later
from foundation.refusals import enforce
from foundation.smallness import reached
from notifications.actions import tell
from satisfaction import codes, envelopes, round_keys, rules
from satisfaction.envelopes import AnsweredSurvey
from satisfaction.models import (
    Answer,
    AnswerSide,
    Comment,
    SealedAnswer,
    SurveyCode,
    SurveyInvitation,
    SurveyRound,
)
from satisfaction.participants import to_ask
from satisfaction.policies import ASKED_ABOUT, LEAST_OPEN, LOST_AFTER, MOST_OPEN
from satisfaction.round_keys import RoundKeys


def asked_about(today: date) -> tuple[date, date]:
    """The period that a round opened today asks about, half-open."""
    return months_later(today, -ASKED_ABOUT.value), today


@transaction.atomic
def open_round(
    agency: Agency, *, by: Member, closes: date, expected: int | None = None
) -> SurveyRound:
    """Ask everyone who took part lately; answers are accepted until the day before `closes`.

    `expected`: how many people `by` was told would get a message. Raises ValidationError if the
    closing day is too near or too far, nobody took part, or the people have changed since.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    rounds = SurveyRound.objects.within(agency)
    enforce(rules.opening(by, other_open=rounds.open().exists()))
    today = agency.today()
    check_closing_day(closes, opens=today)
    asked = to_ask(agency, today)
    if not asked:
        raise ValidationError(
            _("Nobody has taken part lately, so there is nobody to ask. Hold a meeting first.")
        )
    if expected is not None and expected != len(asked):
        raise ValidationError(
            ngettext(
                "It is %(people)d person by now. Look again before you send it.",
                "It is %(people)d people by now. Look again before you send it.",
                len(asked),
            )
            % {"people": len(asked)}
        )
    since, until = asked_about(today)
    latest = rounds.aggregate(number=Max("number"))["number"] or 0
    # If this transaction fails, keys remain that nothing was sealed with.
    public_key, keys = round_keys.new()
    round_ = rounds.create(
        public_key=public_key,
        number=latest + 1,
        since=since,
        until=until,
        opens=today,
        closes=closes,
        opened_by=by,
        invited=len(asked),
        consumers_invited=sum(asked.values()),
    )
    _invite(round_, asked, keys.secret)
    events.record("survey.opened", round_, by=by, number=round_.number, invited=len(asked))
    return round_


@transaction.atomic
def extend_round(round_: SurveyRound, *, closes: date, by: Member) -> SurveyRound:
    """Give people more time; the closing day is never brought forward."""
    round_ = _locked(round_)
    today = round_.agency.today()
    enforce(rules.extending(round_, by, today))
    if closes <= round_.closes:
        raise ValidationError({"closes": _("Choose a later day than the one that was told.")})
    check_closing_day(closes, opens=round_.opens)
    round_.closes = closes
    round_.save(update_fields=["closes"])
    events.record("survey.extended", round_, by=by, number=round_.number)
    return round_


@transaction.atomic
def print_sheets(round_: SurveyRound, *, sheets: int, by: Member) -> list[str]:
    """Draw new random codes for printed sheets; nobody ever sees them again.

    Raises ValidationError for more sheets than people who were asked.
    """
    round_ = _locked(round_)
    enforce(rules.printing(round_, by, round_.agency.today()))
    left = sheets_left(round_)
    if not 1 <= sheets <= left:
        raise ValidationError(
            {
                "sheets": ngettext(
                    "There is at most one sheet for each person who was asked. You can print "
                    "%(left)d more.",
                    "There is at most one sheet for each person who was asked. You can print "
                    "%(left)d more.",
                    left,
                )
                % {"left": left}
            }
        )
    drawn = [codes.for_sheet() for _sheet in range(sheets)]
    SurveyCode.objects.within(round_.agency).bulk_create(
        SurveyCode(agency=round_.agency, round=round_, digest=codes.digest(code), printed=True)
        for code in drawn
    )
    events.record("survey.sheets_printed", round_, by=by, number=round_.number, sheets=sheets)
    return drawn


def sheets_left(round_: SurveyRound) -> int:
    """How many more sheets may be printed."""
    printed = SurveyCode.objects.within(round_.agency).filter(round=round_, printed=True)
    return round_.invited - printed.count()


@transaction.atomic
def remind(round_: SurveyRound, *, by: Member | None) -> int:
    """Leave a message for everybody who was asked; return how many.

    Also for those who have answered: nobody knows who they are.
    """
    round_ = _locked(round_)
    today = round_.agency.today()
    enforce(rules.reminding(round_, by, today))
    asked = round_.invitations.select_related("member__user")
    for invitation in asked:
        tell(invitation.member, "satisfaction.reminder", subject=round_)
    round_.reminded_on = today
    round_.save(update_fields=["reminded_on"])
    return len(asked)


@transaction.atomic
def note_reach(round_: SurveyRound) -> None:
    """Once a day, record how far the answers have come; nobody learns more before the end.

    An update without history, whose rows would bear a time.
    """
    round_ = _locked(round_)
    today = round_.agency.today()
    if round_.closed_on is not None or (round_.reached_on or round_.opens) >= today:
        return
    answered = SealedAnswer.objects.within(round_.agency).filter(round=round_).count()
    SurveyRound.objects.within(round_.agency).filter(pk=round_.pk).update(
        reached=reached(answered, round_.invited), reached_on=today
    )


def clear(round_: SurveyRound, member: Member) -> None:
    """Take the request off a member's own list, whether they have answered or not.

    Without an event: its time could lie close to that of an answer.
    """
    SurveyInvitation.objects.within(round_.agency).filter(round=round_, member=member).update(
        cleared=True
    )


@transaction.atomic
def close_round(round_: SurveyRound) -> SurveyRound:
    """On the closing day: open all envelopes, write the answers in random order, forget the rest.

    It happens by itself; no person closes a round. Raises KeyMissing if the key store doesn't have
    the round's key: then it waits a few days for it, and is lost after that.
    """
    round_ = _locked(round_)
    today = round_.agency.today()
    enforce(rules.closing(round_, today))
    agency = round_.agency
    if not round_.public_key:
        _count_unsealed(round_)
    elif round_keys.there(round_) or today < round_.closes + LOST_AFTER.span:
        _write_down(round_, _opened(round_, round_keys.of(round_)))
    else:
        _write_down(round_, [])
        round_.lost = True
    for sealed in (SealedAnswer, SurveyCode):
        rows = sealed.objects.within(agency).filter(round=round_)
        rows._raw_delete(rows.db)
    invitations = SurveyInvitation.objects.within(agency).filter(round=round_)
    invitations.update(cleared=False)
    rewrite(invitations, keep_keys=True)
    round_.closed_on = today
    round_.save()
    name = "survey.lost" if round_.lost else "survey.closed"
    events.record(name, round_, by=None, number=round_.number)
    transaction.on_commit(partial(round_keys.destroy, round_))
    return round_


def _opened(round_: SurveyRound, keys: RoundKeys) -> list[AnsweredSurvey]:
    """What is in the round's envelopes, in random order, without those that don't open."""
    envelopes_ = SealedAnswer.objects.within(round_.agency).filter(round=round_)
    found = [
        answered
        for envelope in envelopes_.values_list("envelope", flat=True)
        if (answered := envelopes.unseal(round_, keys, envelope)) is not None
    ]
    SystemRandom().shuffle(found)
    return found


def _write_down(round_: SurveyRound, opened: Sequence[AnsweredSurvey]) -> None:
    """Write the answers and, in another order, the comments; count them."""
    consumers = [each for each in opened if each.side == AnswerSide.CONSUMER]
    round_.answered = len(opened)
    round_.on_paper = sum(each.on_paper for each in opened)
    round_.consumers_answered = len(consumers)
    round_.consumers_on_paper = sum(each.on_paper for each in consumers)
    of_round = {"agency": round_.agency, "round": round_}
    answers, comments = Answer.objects.within(round_.agency), Comment.objects.within(round_.agency)
    rewrite(
        answers.none(),
        [
            Answer(**of_round, side=each.side, scores=dict(each.scores), on_paper=each.on_paper)
            for each in opened
        ],
    )
    rewrite(
        comments.none(),
        [
            Comment(**of_round, text=each.comment, on_paper=each.on_paper)
            for each in opened
            if each.comment
        ],
    )


def _count_unsealed(round_: SurveyRound) -> None:
    """Count the answers of a round that was open when answers began to be sealed."""
    answers = Answer.objects.within(round_.agency).filter(round=round_)
    consumers = answers.filter(side=AnswerSide.CONSUMER)
    round_.consumers_answered = consumers.count()
    round_.consumers_on_paper = consumers.filter(on_paper=True).count()
    round_.on_paper = answers.filter(on_paper=True).count()
    round_.answered = rewrite(answers)
    rewrite(Comment.objects.within(round_.agency).filter(round=round_))


def check_closing_day(closes: date, *, opens: date) -> None:
    """Raise ValidationError unless the closing day leaves enough time, but not too much."""
    first, last = opens + LEAST_OPEN.span, opens + MOST_OPEN.span
    if not first <= closes <= last:
        raise ValidationError(
            {
                "closes": _("Give people at least %(least)s and at most %(most)s.")
                % {"least": LEAST_OPEN.words, "most": MOST_OPEN.words}
            }
        )


def _locked(round_: SurveyRound) -> SurveyRound:
    rounds = SurveyRound.objects.within(round_.agency).select_related("agency")
    return rounds.select_for_update(of=("self",), no_key=True).get(pk=round_.pk)


def _invite(round_: SurveyRound, asked: Iterable[int], secret: bytes) -> None:
    """Write invitations and codes, each in a random order, so that their keys reveal nothing."""
    agency = round_.agency
    members = list(Member.objects.within(agency).filter(pk__in=asked).select_related("user"))
    dice = SystemRandom()
    dice.shuffle(members)
    SurveyInvitation.objects.within(agency).bulk_create(
        SurveyInvitation(agency=agency, round=round_, member=member) for member in members
    )
    digests = [codes.digest(codes.of_member(secret, member.pk)) for member in members]
    dice.shuffle(digests)
    SurveyCode.objects.within(agency).bulk_create(
        SurveyCode(agency=agency, round=round_, digest=digest) for digest in digests
    )
    for member in members:
        tell(member, "satisfaction.asked", subject=round_)
