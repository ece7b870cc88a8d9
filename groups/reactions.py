"""Tell a group's people what happens in it, and end the seats of members who left."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from accounts import changes, helping
from accounts.away import Away
from accounts.leaves import Leave
from accounts.models import Member
from foundation import events
from foundation.models import Event
from groups import rules
from groups.actions import bring_seats_back, end_seats_of, recount
from groups.actions.alternates import recast_all
from groups.actions.feeds import end_feed_of
from groups.actions.needs import end_needs_of, move_needs
from groups.actions.reminders import told_today
from groups.actions.supporters import end_support_of
from groups.leading import LEADING
from groups.models import (
    Alternate,
    Decision,
    Ending,
    GroupKind,
    LeadingConsent,
    Meeting,
    MeetingSeries,
    MeetingStatus,
    Office,
    Resolution,
    Seat,
    Supporter,
)
from groups.seated import seated
from notifications import notices
from notifications.actions import tell, tell_all
from notifications.of_changes import second_administrator, tell_another_of_pause
from notifications.topics import Topic
from safety.models import NoContact

notices.register("meeting.planned", _("A meeting is planned: %(title)s."), Topic.MEETINGS)
notices.register(
    "meeting.changed", _("A meeting has a new time, place or agenda: %(title)s."), Topic.MEETINGS
)
notices.register("meeting.cancelled", _("A meeting was called off: %(title)s."), Topic.MEETINGS)
notices.register(
    "meeting.need", _("Somebody says what they need at a meeting: %(title)s. Please arrange it.")
)
notices.register("poll.asked", _("Which days suit you? %(title)s."), Topic.MEETINGS)
notices.register("supporter.named", _("Somebody asks you to help them. Say yes or no."))
notices.register("supporter.agreed", _("%(title)s helps you from now on."))
notices.register("supporter.ended", _("An agreement to help was ended."))
notices.register("supporter.near", _("Somebody you help has a meeting coming up."))
notices.register(
    "alternate.named", _("You are asked to step in for somebody in %(title)s. Say yes or no.")
)
notices.register("alternate.agreed", _("Somebody agreed to step in for you in %(title)s."))
notices.register("alternate.ended", _("An agreement to step in was ended: %(title)s."))
notices.register("alternate.steps_in", _("You step in for somebody in %(title)s now."))
notices.register("meeting.near", _("A meeting is coming up: %(title)s."), Topic.MEETINGS)
notices.register("series.planned", _("Meetings are planned: %(title)s."), Topic.MEETINGS)
notices.register("series.changed", _("Several meetings were moved: %(title)s."), Topic.MEETINGS)
notices.register(
    "series.cancelled", _("Several meetings were called off: %(title)s."), Topic.MEETINGS
)
notices.register("meeting.missed", _("You were missed. See what %(title)s decided."))
notices.register(
    "attendance.voided",
    _("You were taken off the list of who came: %(title)s. Tell us if you were there."),
)
notices.register("decision.adopted", _("Your group agreed: %(title)s."))
notices.register("decision.not_adopted", _("Your group did not agree: %(title)s."))

notices.register("group.goes_on", _("A group of yours goes on after all: %(title)s."))

notices.register("way.changed", _("A sign-in letter was printed for %(title)s."))
notices.register("leading.given", _("You help to lead %(title)s now. You choose who may know it."))
notices.register(
    "change.seat", _("Your seat was changed: %(title)s. Please check that it is right.")
)
notices.register("change_of.seat", _("A seat of %(title)s in a group was changed."))
notices.register("seat.offered", _("You are asked to take a seat: %(title)s."))

notices.register(
    "seat.questioned", _("Something is proposed about your seat: %(title)s. You can answer.")
)
notices.register("motion.answered", _("The person has answered: %(title)s."))
notices.register("resolution.entered", _("You are asked if this was decided so: %(title)s."))
notices.register("resolution.attested", _("What you wrote down is confirmed: %(title)s."))
notices.register("resolution.denied", _("What you wrote down was not confirmed: %(title)s."))

notices.register("position.entered", _("Your view was written down for you: %(title)s."))
notices.register("decision.asked", _("Somebody asks about your proposal: %(title)s."))
notices.register("decision.answered", _("Your question has an answer: %(title)s."))
notices.register("decision.in_writing", _("Your group decides in writing now: %(title)s."))
notices.register("decision.last_days", _("The last day for your answer is near: %(title)s."))
notices.register("decision.recorded", _("A decision of your group was written down: %(title)s."))
notices.register("decision.taken_back", _("A record of a decision was taken back: %(title)s."))
notices.register("decision.to_look_at", _("Time to look at this again: %(title)s."))


def _tell_the_others(event: Event, subject: Meeting | Decision, title: str) -> None:
    """Include the title: everybody who sits in a group may read it."""
    others = _others(event, subject.group_id)
    if event.name != "meeting.changed":
        tell_all([(member, subject) for member in others], event.name, title=title)
        return
    for member in others:
        tell(member, event.name, subject=subject, title=title, renews=True)


def _others(event: Event, group_id: int) -> Iterator[Member]:
    """Everybody with a seat in the group, except who did it."""
    seats = Seat.objects.within(event.agency).on(event.agency.today())
    for seat in seats.filter(group=group_id).select_related("member__user"):
        if seat.member_id != event.actor_id:
            seat.member.agency = event.agency
            yield seat.member


@events.inside("meeting.planned", "meeting.changed", "meeting.cancelled")
def tell_of_meeting(event: Event) -> None:
    meetings = Meeting.objects.within(event.agency).select_related("group", "series")
    meeting = meetings.get(pk=event.subject_id)
    if meeting.on < event.agency.today():
        return
    if "closure" in event.data and meeting.series is not None:
        # Its group closed, or goes on: one message for all dates.
        for member in _others(event, meeting.group_id):
            code = event.name.replace("meeting", "series")
            tell(member, code, subject=meeting.series, title=meeting.group.name, renews=True)
    else:
        _tell_the_others(event, meeting, meeting.group.name)
    told_today(event.agency, [meeting])


@events.inside("series.planned", "series.changed", "series.cancelled")
def tell_of_series(event: Event) -> None:
    """One message for all dates: to everybody who sits in the group, except who did it."""
    series = events.subject_of(event, MeetingSeries)
    people = seated(series.group, event.agency, event.agency.today()).select_related("user")
    told = [(each, series) for each in people if each.pk != event.actor_id]
    tell_all(told, event.name, title=series.group.name)
    planned = Meeting.objects.within(event.agency).filter(status=MeetingStatus.PLANNED)
    told_today(event.agency, planned.filter(series=series))


@events.inside(
    "decision.adopted", "decision.not_adopted", "decision.recorded", "decision.taken_back"
)
def tell_of_decision(event: Event) -> None:
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    _tell_the_others(event, decision, decision.title)


@events.inside("meeting.changed")
def move_needs_of_meeting(event: Event) -> None:
    move_needs(event.agency, Meeting.objects.within(event.agency).filter(pk=event.subject_id))


@events.inside("series.changed")
def move_needs_of_series(event: Event) -> None:
    dates = Meeting.objects.within(event.agency).filter(series=event.subject_id)
    move_needs(event.agency, dates.filter(status=MeetingStatus.PLANNED))


changes.describe("seat.offered", _("You were asked to take a seat in a group."))
changes.describe("seat.filled", _("You were given a seat in a group."))
changes.describe("seat.changed", _("Your place in a group was changed."))
changes.describe("seat.ended", _("A seat of yours was ended."))
changes.describe("seat.confirmed", _("A seat of yours goes on after the founding."))


@events.inside("resolution.attested", "resolution.denied")
def tell_who_wrote_it_down(event: Event) -> None:
    resolutions = Resolution.objects.within(event.agency)
    paper = resolutions.select_related("entered_by__user", "group").get(pk=event.subject_id)
    paper.entered_by.agency = event.agency
    tell(paper.entered_by, event.name, subject=paper, title=paper.group.name)


def _consumers_who_lead_the_committee(event: Event, person: Member) -> Iterator[Member]:
    """The consumers who lead the committee, except the person themself."""
    seats = Seat.objects.within(event.agency).on(event.agency.today()).of_consumers()
    leading = seats.filter(
        group__kind=GroupKind.COMMITTEE, office__in=(Office.CHAIR, Office.CO_CHAIR)
    )
    for seat in leading.exclude(member=person).select_related("member__user"):
        seat.member.agency = event.agency
        yield seat.member


def _tell_the_consumer_who_leads_the_committee(event: Event) -> None:
    person = Member.objects.within(event.agency).get(pk=event.data["member"])
    for each in _consumers_who_lead_the_committee(event, person):
        tell(each, event.name, subject=person, title=str(person))


@events.inside(*changes.DECIDED_BY_OTHERS)
def tell_of_pause(event: Event) -> None:
    """Tell the leading consumer about a pause, so that power over people is seen by a consumer.

    That is in addition to a second administrator.
    """
    person = Member.objects.within(event.agency).get(pk=event.data["member"])
    second = second_administrator(event.agency, event.actor_id, person.pk)
    for each in _consumers_who_lead_the_committee(event, person):
        if each.pk != event.actor_id and each != second:
            tell_another_of_pause(event, each, person)


@events.inside("way.denied")
def tell_of_denial(event: Event) -> None:
    _tell_the_consumer_who_leads_the_committee(event)


@events.together("way.changed")
def tell_of_letters(made: Sequence[Event]) -> None:
    """Report printed sign-in letters that no second administrator was told about.

    E-mailed invitations are for new people, whom nobody could impersonate with one. Of many letters
    made at once, one message names who made them.
    """
    printed = (changes.LETTER, changes.FIRST_LETTER)
    letters = [event for event in made if event.data["what"] in printed]
    if not letters:
        return
    first, actor = letters[0], letters[0].actor
    person = first.data["member"] if len(letters) == 1 else None
    if second_administrator(first.agency, first.actor_id, person) is not None:
        return
    if len(letters) == 1 or actor is None:
        for event in letters:
            _tell_the_consumer_who_leads_the_committee(event)
        return
    for each in _consumers_who_lead_the_committee(first, actor):
        tell(each, "change_of_many.way", subject=actor, title=str(actor), count=len(letters))


@events.inside("seat.filled", "seat.changed", "seat.ended")
def tell_of_seat(event: Event) -> None:
    """Tell the person when somebody else gave, changed or ended their seat.

    If one person did it alone, a second administrator is told, too. Seats that end with the
    membership are reported with it.
    """
    seat = events.subject_of(event, Seat)
    if event.actor_id in (None, seat.member_id) or seat.ending == Ending.PROGRAM:
        return
    seat.member.agency = event.agency
    tell(seat.member, "change.seat", subject=event, title=seat.group.name)
    alone = seat.ending != Ending.GROUP and rules.by_decision(seat.group) is None
    other = second_administrator(event.agency, event.actor_id, seat.member_id) if alone else None
    if other is not None:
        tell(other, "change_of.seat", subject=seat.member, title=str(seat.member))


@events.inside("seat.filled", "seat.changed")
def tell_who_leads_now(event: Event) -> None:
    """Tell a new leader, and ask who may know it."""
    seat = events.subject_of(event, Seat)
    if seat.office not in LEADING:
        return
    before = Seat.objects.within(event.agency).filter(pk=event.data.get("replaces"))
    if not before.filter(office__in=LEADING).exists():
        seat.member.agency = event.agency
        tell(seat.member, "leading.given", subject=seat, title=seat.group.name)


@events.inside("member.left", "member.erased")
def end_the_seats(event: Event) -> None:
    member = Member.objects.within(event.agency).get(pk=event.subject_id)
    left = event.data.get("on")
    today = event.agency.today()
    leave = Leave.objects.within(event.agency).running().filter(member=member).first()
    end_feed_of(member)
    end_needs_of(member)
    member.agency = event.agency
    end_support_of(member)
    end_seats_of(member, on=date.fromisoformat(left) if left else today, leave=leave)
    given = LeadingConsent.objects.within(event.agency).filter(member=member, until=None)
    given.update(until=Greatest("since", Value(today)))


@events.inside("member.leave_taken_back")
def bring_the_seats_back(event: Event) -> None:
    leave = Leave.objects.within(event.agency).get(pk=event.data["leave"])
    bring_seats_back(leave)


@events.together("attendance.recorded", "attendance.corrected", "attendance.voided")
def count_who_decided(changed: Sequence[Event]) -> None:
    """Recount paper decisions of the meetings whose attendance changed, once for each."""
    for event in {each.data["meeting"]: each for each in changed}.values():
        recount(event.agency, event.data["meeting"], event.actor)


@events.inside("away.said", "away.changed", "away.ended")
def let_alternates_step_in(event: Event) -> None:
    away = events.subject_of(event, Away)
    alternates = Alternate.objects.within(event.agency)
    recast_all(alternates.filter(holder=away.member_id), event.agency)


@events.inside("seat.ended", "seat.changed")
def end_alternates_of_a_seat(event: Event) -> None:
    seat = events.subject_of(event, Seat)
    if seat.stands_in_id is None:
        alternates = Alternate.objects.within(event.agency).filter(group=seat.group_id)
        recast_all(alternates.filter(holder=seat.member_id), event.agency)


@events.together(
    "member.left",
    "member.erased",
    "standing.ended",
    "standing.written",
    "role.granted",
    "role.ended",
)
def look_at_alternates_again(made: Sequence[Event]) -> None:
    """Who has gone, takes part in another way, or manages now, does not step in."""
    agency, members = made[0].agency, {event.data["member"] for event in made}
    alternates = Alternate.objects.within(agency)
    recast_all(alternates.filter(member__in=members), agency)


@events.inside("no_contact.recorded", "no_contact.ended")
def look_at_alternates_of_two(event: Event) -> None:
    """Nobody steps in where they would meet somebody they must not meet."""
    order = events.subject_of(event, NoContact)
    alternates = Alternate.objects.within(event.agency)
    recast_all(alternates.filter(member__in=(order.one_id, order.other_id)), event.agency)


def _enters_away(member: Member, by: Member) -> bool:
    rows = Supporter.objects.within(member.agency).helping()
    row = rows.filter(member=member, supporter=by, enters_away=True).first()
    if row is None:
        return False
    row.agency = member.agency
    return rules.entering_away(row, by) is None


helping.register(_enters_away)
