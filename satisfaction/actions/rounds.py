"""Opening a round for those who took part, reminding them, closing it."""

from datetime import date, timedelta
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.anonymity import rewrite
from foundation.models import Agency
from foundation.refusals import enforce
from groups.models import Attendance, Seat
from notifications.actions import tell
from satisfaction import codes, rules
from satisfaction.models import Answer, Audience, Comment, Side, SurveyInvitation, SurveyRound
from satisfaction.participants import parts, who_took_part

SHORTEST_TIME = timedelta(days=28)
LONGEST_OPEN = timedelta(days=90)


@transaction.atomic
def open_round(
    agency: Agency,
    *,
    by: Member,
    since: date,
    until: date,
    closes: date,
    audience: str = Audience.CONSUMERS,
) -> SurveyRound:
    """Ask those who took part from `since` until `until`; no more answers from `closes` on.

    Raises ValidationError, by field, for dates that don't fit, or when nobody took part.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    rounds = SurveyRound.objects.within(agency)
    enforce(rules.opening(by, other_open=rounds.open().exists()))
    today = agency.today()
    _check_dates(since, until, closes, today)
    sides = who_took_part(
        parts(Seat.objects.within(agency), Attendance.objects.within(agency)),
        since,
        until,
        members_on=today,
    )
    if audience == Audience.CONSUMERS:
        sides = {member: side for member, side in sides.items() if side == Side.CONSUMER}
    if Side.CONSUMER not in sides.values():
        raise ValidationError({"since": _("No person who uses services took part in this time.")})
    latest = rounds.aggregate(number=Max("number"))["number"] or 0
    round_ = rounds.create(
        number=latest + 1,
        audience=audience,
        since=since,
        until=until,
        opens=today,
        closes=closes,
        opened_by=by,
    )
    _invite(round_, sides)
    events.record("survey.opened", round_, by=by, number=round_.number, invited=len(sides))
    return round_


@transaction.atomic
def remind(round_: SurveyRound, *, by: Member | None) -> int:
    """Leave a message for those who can still answer; returns how many."""
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
def close_round(round_: SurveyRound, *, by: Member | None) -> SurveyRound:
    """Take no more answers; count; write invitations, answers and comments in random order."""
    round_ = _locked(round_)
    today = round_.agency.today()
    enforce(rules.closing(round_, by, today))
    invitations = SurveyInvitation.objects.within(round_.agency).filter(round=round_)
    answers = Answer.objects.within(round_.agency).filter(round=round_)
    round_.consumers_invited = invitations.filter(side=Side.CONSUMER).count()
    round_.consumers_answered = answers.filter(side=Side.CONSUMER).count()
    round_.invited = rewrite(invitations, keep_keys=True)
    round_.answered = rewrite(answers)
    rewrite(Comment.objects.within(round_.agency).filter(round=round_))
    round_.closed_on = today
    round_.save()
    events.record(
        "survey.closed",
        round_,
        by=by,
        number=round_.number,
        invited=round_.invited,
        answered=round_.answered,
    )
    return round_


def _locked(round_: SurveyRound) -> SurveyRound:
    rounds = SurveyRound.objects.within(round_.agency).select_related("agency")
    return rounds.select_for_update(of=("self",), no_key=True).get(pk=round_.pk)


def _check_dates(since: date, until: date, closes: date, today: date) -> None:
    wrong = {}
    if until > today:
        wrong["until"] = _("The time you ask about must be over.")
    if until - since < SHORTEST_TIME:
        wrong["since"] = _("Ask about at least four weeks.")
    if not today < closes <= today + LONGEST_OPEN:
        wrong["closes"] = _("Choose a day after today, at most 90 days from now.")
    if wrong:
        raise ValidationError(wrong)


def _invite(round_: SurveyRound, sides: dict[int, Side]) -> None:
    """In random order: nor should keys tell anything."""
    members = list(Member.objects.within(round_.agency).filter(pk__in=sides).select_related("user"))
    SystemRandom().shuffle(members)
    invitations = SurveyInvitation.objects.within(round_.agency)
    invitations.bulk_create(
        SurveyInvitation(
            agency=round_.agency,
            round=round_,
            member=member,
            side=sides[member.pk],
            digest=codes.digest_for(round_.agency_id, round_.pk, member.pk),
        )
        for member in members
    )
    for member in members:
        tell(member, "satisfaction.asked", subject=round_)
