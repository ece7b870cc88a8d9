"""Dates offered for a meeting: asked about, answered, and one of them chosen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.refusals import Refusal, Refused, enforce
from groups import rules
from groups.actions.meetings import plan_meeting
from groups.actions.seats import locked
from groups.models import DateAnswer, DatePoll, Group, Meeting, PollDate, Suits
from groups.policies import DATES_FEWEST, DATES_MOST
from groups.seated import seated
from groups.suits import answered_themselves
from notifications.actions import tell_all, withdraw

ASKED = "poll.asked"


def _locked(poll: DatePoll, by: Member) -> DatePoll:
    polls = DatePoll.objects.within(by.agency).select_related("group")
    poll = polls.select_for_update(of=("self",)).get(pk=poll.pk)
    poll.group.agency = by.agency
    return poll


@transaction.atomic
def ask_for_dates(
    group: Group,
    *,
    dates: Sequence[datetime],
    closes_on: date,
    minutes_planned: int = 60,
    by: Member,
) -> DatePoll:
    """Ask the group's people which of these dates suit them, and tell them.

    ValidationError: too few or too many dates; one that is over, or on which there is no group; a
    last day for answers that is over, or not before the first date.
    """
    group = locked(group, by)
    enforce(rules.offering_dates(group, by))
    moments = sorted(set(dates))
    if not DATES_FEWEST.value <= len(moments) <= DATES_MOST.value:
        words = {"least": DATES_FEWEST.value, "most": DATES_MOST.value}
        raise ValidationError(_("Offer %(least)s to %(most)s different dates.") % words)
    days = [by.agency.date_of(each) for each in moments]
    if moments[0] <= timezone.now():
        raise ValidationError(_("Choose days and hours to come."))
    if not all(group.is_open(day) for day in days):
        raise ValidationError(_("The group does not exist on each of these days."))
    if not by.agency.today() <= closes_on < days[0]:
        raise ValidationError(
            {"closes_on": _("Choose a day before the first of the dates, today or later.")}
        )
    poll = DatePoll.objects.within(by.agency).create(
        group=group,
        minutes_planned=minutes_planned,
        asked_on=by.agency.today(),
        asked_by=by,
        closes_on=closes_on,
    )
    PollDate.objects.within(by.agency).bulk_create(
        PollDate(agency=by.agency, poll=poll, starts_at=each) for each in moments
    )
    events.record("poll.opened", poll, by=by, group=group.pk)
    people = seated(group, by.agency, by.agency.today()).select_related("user")
    tell_all([(each, poll) for each in people.exclude(pk=by.pk)], ASKED, title=group.name)
    return poll


@transaction.atomic
def say_dates(
    poll: DatePoll, *, answers: Mapping[int, Suits], by: Member, member: Member | None = None
) -> None:
    """Say which dates (by key) suit `by`, or `member`, who told `by`; saying it again replaces it.

    What somebody said themselves is not replaced by what another enters. No event tells of one's
    own answer, since others read events.
    """
    poll = _locked(poll, by)
    whose = by if member is None else member
    if whose == by:
        enforce(rules.saying_dates(poll, by))
    else:
        said = whose.pk in answered_themselves(poll)
        enforce(rules.entering_dates(poll, by, said_by_themselves=said))
    if not seated(poll.group, by.agency, by.agency.today()).filter(pk=whose.pk).exists():
        raise ValidationError(_("This person is not in the group any more."))
    known = PollDate.objects.within(by.agency).filter(poll=poll, pk__in=answers)
    DateAnswer.objects.within(by.agency).bulk_create(
        [
            DateAnswer(
                agency=by.agency, date=each, member=whose, suits=answers[each.pk], entered_by=by
            )
            for each in known
        ],
        update_conflicts=True,
        unique_fields=["agency", "date", "member"],
        update_fields=["suits", "entered_by", "at"],
    )
    if whose != by:
        events.record("poll.entered", poll, by=by, on_behalf_of=whose)


@transaction.atomic
def choose_date(
    poll: DatePoll,
    *,
    date: PollDate,
    place: str = "",
    remote_link: str = "",
    beyond: str = "",
    by: Member,
) -> Meeting:
    """Plan the meeting on one of the dates, of which everybody is told once.

    `beyond`: why, if the budget is not enough for it.
    """
    group = locked(poll.group, by)
    poll = _locked(poll, by)
    enforce(rules.settling_dates(poll, by))
    chosen = PollDate.objects.within(by.agency).get(poll=poll, pk=date.pk)
    if chosen.starts_at <= timezone.now():
        raise Refused(Refusal(_("This date is over."), _("Choose another one.")))
    meeting = plan_meeting(
        group,
        starts_at=chosen.starts_at,
        minutes_planned=poll.minutes_planned,
        place=place,
        remote_link=remote_link,
        beyond=beyond,
        by=by,
    )
    _settle(poll, meeting, by)
    return meeting


@transaction.atomic
def end_poll(poll: DatePoll, *, by: Member) -> None:
    """Settle it without a meeting: it is taken back, or leads to a series."""
    poll = _locked(poll, by)
    enforce(rules.settling_dates(poll, by))
    _settle(poll, None, by)


def _settle(poll: DatePoll, meeting: Meeting | None, by: Member) -> None:
    poll.settled_on, poll.meeting = by.agency.today(), meeting
    poll.save(update_fields=["settled_on", "meeting"])
    withdraw(by.agency, [ASKED], [poll])
    events.record("poll.settled", poll, by=by, group=poll.group_id)
