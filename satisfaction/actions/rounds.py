"""Survey rounds: opened for everyone who took part, reminded of, extended, closed."""

from collections.abc import Iterable
from datetime import date
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
from foundation.refusals import enforce
from foundation.smallness import reached
from groups.models import Attendance, Seat
from notifications.actions import tell
from satisfaction import codes, rules
from satisfaction.models import (
    Answer,
    AnswerSide,
    Comment,
    SurveyInvitation,
    SurveyRound,
    SurveySheet,
)
from satisfaction.participants import months_later, parts, who_took_part
from satisfaction.policies import ASKED_ABOUT, LEAST_OPEN, MOST_OPEN


def asked_about(today: date) -> tuple[date, date]:
    """The period that a round opened today asks about, half-open."""
    return months_later(today, -ASKED_ABOUT.value), today


def to_ask(agency: Agency, today: date) -> dict[int, bool]:
    """Members to ask today, by key, and whether they took part as consumers."""
    since, until = asked_about(today)
    took_part = parts(Seat.objects.within(agency), Attendance.objects.within(agency))
    return who_took_part(took_part, since, until, members_on=today)


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
    round_ = rounds.create(
        number=latest + 1,
        since=since,
        until=until,
        opens=today,
        closes=closes,
        opened_by=by,
        invited=len(asked),
        consumers_invited=sum(asked.values()),
    )
    _invite(round_, asked)
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
    SurveySheet.objects.within(round_.agency).bulk_create(
        SurveySheet(agency=round_.agency, round=round_, digest=codes.digest(code)) for code in drawn
    )
    events.record("survey.sheets_printed", round_, by=by, number=round_.number, sheets=sheets)
    return drawn


def sheets_left(round_: SurveyRound) -> int:
    """How many more sheets may be printed."""
    return round_.invited - SurveySheet.objects.within(round_.agency).filter(round=round_).count()


@transaction.atomic
def remind(round_: SurveyRound, *, by: Member | None) -> int:
    """Leave a message for everybody who can still answer; return how many."""
    round_ = _locked(round_)
    today = round_.agency.today()
    enforce(rules.reminding(round_, by, today))
    waiting = round_.invitations.filter(spent=False).select_related("member__user")
    for invitation in waiting:
        tell(invitation.member, "satisfaction.reminder", subject=round_)
    round_.reminded_on = today
    round_.save(update_fields=["reminded_on"])
    return len(waiting)


@transaction.atomic
def note_reach(round_: SurveyRound) -> None:
    """Once a day, record how far the answers have come; nobody learns more before the end.

    An update without history, whose rows would bear a time.
    """
    round_ = _locked(round_)
    today = round_.agency.today()
    if round_.closed_on is not None or (round_.reached_on or round_.opens) >= today:
        return
    answered = Answer.objects.within(round_.agency).filter(round=round_).count()
    SurveyRound.objects.within(round_.agency).filter(pk=round_.pk).update(
        reached=reached(answered, round_.invited), reached_on=today
    )


@transaction.atomic
def close_round(round_: SurveyRound) -> SurveyRound:
    """On the closing day: count, forget who answered, and write all answers in random order.

    It happens by itself; no person closes a round. Who answered is known only for as long as
    somebody might answer twice.
    """
    round_ = _locked(round_)
    agency = round_.agency
    today = agency.today()
    enforce(rules.closing(round_, today))
    answers = Answer.objects.within(agency).filter(round=round_)
    consumers = answers.filter(side=AnswerSide.CONSUMER)
    round_.consumers_answered = consumers.count()
    round_.consumers_on_paper = consumers.filter(on_paper=True).count()
    round_.on_paper = answers.filter(on_paper=True).count()
    invitations = SurveyInvitation.objects.within(agency).filter(round=round_)
    invitations.update(spent=False)
    rewrite(invitations, keep_keys=True)
    rewrite(SurveySheet.objects.within(agency).filter(round=round_))
    round_.answered = rewrite(answers)
    rewrite(Comment.objects.within(agency).filter(round=round_))
    round_.closed_on = today
    round_.save()
    events.record("survey.closed", round_, by=None, number=round_.number)
    return round_


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


def _invite(round_: SurveyRound, asked: Iterable[int]) -> None:
    """Write invitations in random order, so that their keys reveal nothing."""
    members = list(Member.objects.within(round_.agency).filter(pk__in=asked).select_related("user"))
    SystemRandom().shuffle(members)
    invitations = SurveyInvitation.objects.within(round_.agency)
    invitations.bulk_create(
        SurveyInvitation(
            agency=round_.agency,
            round=round_,
            member=member,
            digest=codes.digest_for(round_.agency_id, round_.pk, member.pk),
        )
        for member in members
    )
    for member in members:
        tell(member, "satisfaction.asked", subject=round_)
