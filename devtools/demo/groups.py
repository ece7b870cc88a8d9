"""The board, the oversight committee and the council: their members and meetings."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from random import Random

from accounts.models import Member, StandingKind
from devtools.demo import texts
from devtools.demo.story import Story
from devtools.seating import seat
from groups.actions import (
    agree_to_step_in,
    ask_for_dates,
    end_seat,
    enter_resolution,
    name_alternate,
    name_supporter,
    note_calls,
    offer_seat,
    open_group,
    plan_meeting,
    propose,
    propose_change,
    propose_in_writing,
    propose_seat,
    put_on_agenda,
    record_attendance,
    record_minutes,
    say_dates,
    settle_in_writing,
    take_position,
    write_down,
)
from groups.models import (
    Alternate,
    CallResult,
    Choice,
    DatePoll,
    Group,
    GroupKind,
    Meeting,
    MeetingStatus,
    Office,
    Suits,
)
from groups.suits import dates_of

PLANNED_BEFORE = 12
EVENING = 17

KINDS = {
    "board": GroupKind.GOVERNING_BODY,
    "committee": GroupKind.COMMITTEE,
    "council": GroupKind.COUNCIL,
}
MEMBERS = {
    "board": "ruth peter carol edward bernice harold tessa",
    "committee": "june priya theo imani lena carol",
    "council": "victor tom ivan luis nadia gil",
}
OFFICES = {
    "board": ["bernice chair"],
    "committee": ["june chair", "priya co_chair"],
    "council": ["tom chair", "luis co_chair"],
}


def write(story: Story) -> None:
    """Three groups besides the cells, each with its meetings."""
    story.began |= {"board": 544, "committee": 543, "council": 330}
    for key, kind in KINDS.items():
        story.on(story.began[key], _open, story, key, kind)
        story.on(story.began[key], _take_places, story, key, OFFICES[key], MEMBERS[key])
    story.on(199, _take_places, story, "council", [], "helen")
    # Since then the council has too few consumers.
    story.on(9, _name_alternate, story, "rides", "ruth", "mei")
    story.on(2, _ask_to_step_in, story, "first_visit", "peter", "walter")
    story.on(3, _ask_for_help, story, "ivan", "walter")
    story.on(36, _leave, story, "council", "gil")
    for member in ("mei", "winnie"):
        story.on(6, _offer, story, "council", member, "luis")
    # Found in a drawer a month later; no second person has confirmed it yet.
    story.on(34, _propose, story, "council", "nadia", texts.DOORS)
    story.on(5, _write_down, story, "council", 32, "tom")
    # Too few answered, so it can go to a meeting.
    story.on(22, _ask_in_writing, story, "board", "bernice", texts.EVENINGS)
    story.on(20, _agree, story, "board", "bernice harold")
    story.on(12, lambda: settle_in_writing(story.decisions["board"]))
    story.on(3, _propose_seat, story, "committee", "june", "dolores")
    story.on(5, _question_office, story, "board", "bernice", "peter")
    story.on(3, _enter_paper, story, "board", "grace", "bernice")
    # A further date is looked for; Luis has not answered.
    story.on(4, _offer_dates, story, "council", "tom", (8, 11, 15), hour=12)
    story.on(2, _say_dates, story, "council", "ivan", "yes no yes")
    story.on(2, _say_dates, story, "council", "nadia", "yes if_needed no")
    story.on(1, _say_dates, story, "council", "helen", "no yes if_needed")
    story.on(1, _call, story, "calm", "femi", "hank", hour=16)
    series(story, "board", range(525, 0, -84), hours="2", minutes=texts.BOARD_MINUTES)
    series(story, "committee", range(528, 0, -42), hours="1.5", minutes=texts.COMMITTEE_MINUTES)
    series(story, "council", range(312, 0, -56), hours="1.5", minutes=texts.COUNCIL_MINUTES)


def _open(story: Story, key: str, kind: GroupKind) -> None:
    name, purpose = texts.GROUPS[key]
    story.groups[key] = open_group(
        story.agency,
        kind=kind,
        name=name,
        purpose=purpose,
        by=story["ada"],
        on=story.agency.today(),
    )


def _take_places(story: Story, key: str, offices: Sequence[str], members: str) -> None:
    take_places(story, story.groups[key], members, offices=offices)


def take_places(
    story: Story, group: Group, members: str, *, offices: Iterable[str] = (), voting: bool = True
) -> None:
    """Seat these people today; offices are given as "june chair"."""
    held = dict(each.split() for each in offices)
    for key in members.split():
        member = story[key]
        # A peer worker has two standings; they sit here as staff.
        standing = StandingKind.PROVIDER if key == "kofi" else None
        seat(
            group,
            member,
            standing=standing,
            office=Office(held.get(key, "")),
            voting=voting,
            since=story.agency.today(),
            by=story["ada"],
        )


def _propose_seat(story: Story, key: str, by: str, member: str) -> None:
    """A proposal that the group is still deciding on."""
    propose_seat(
        story.groups[key],
        story[member],
        since=story.agency.today(),
        reason=texts.SEAT_REASON,
        caucus=True,
        by=story[by],
    )


def _question_office(story: Story, key: str, member: str, by: str) -> None:
    """Propose to take somebody's office away; they have days to answer."""
    place = story.groups[key].seats.get(member=story[member], until=None)
    propose_change(
        place,
        deciding=story.groups[key],
        ends=False,
        voting=True,
        since=story.agency.today(),
        reason=texts.TURNS,
        by=story[by],
    )


def _offer(story: Story, key: str, member: str, by: str) -> None:
    """An offer of a seat that nobody has answered yet."""
    offer_seat(story.groups[key], story[member], since=story.agency.today(), by=story[by])


def _propose(story: Story, key: str, by: str, words: tuple[str, str]) -> None:
    title, text = words
    story.decisions[key] = propose(story.groups[key], title=title, text=text, by=story[by])


def _write_down(story: Story, key: str, ago: int, by: str) -> None:
    """The group's decision on its proposal at that day's meeting."""
    proposal = story.decisions[key]
    write_down(
        story.groups[key],
        title=proposal.title,
        text=proposal.text,
        on=story.day(ago),
        waiver=texts.NOT_ALL_CAME,
        late_reason=texts.IN_A_DRAWER,
        decision=proposal,
        by=story[by],
    )


def _ask_in_writing(story: Story, key: str, by: str, words: tuple[str, str]) -> None:
    title, text = words
    group = story.groups[key]
    story.decisions[key] = propose_in_writing(group, title=title, text=text, by=story[by])


def _agree(story: Story, key: str, members: str) -> None:
    for member in story.everyone(members):
        take_position(story.decisions[key], member=member, choice=Choice.AGREE)


def _enter_paper(story: Story, key: str, member: str, asked: str) -> None:
    """A decision of the board on paper, not attested by a second person yet."""
    enter_resolution(
        story.groups[key],
        on=story.agency.today(),
        text=texts.BOARD_PAPER,
        members=[story[member]],
        asked=story[asked],
        by=story["ada"],
    )


def _offer_dates(story: Story, key: str, by: str, ahead: Sequence[int]) -> None:
    ask_for_dates(
        story.groups[key],
        dates=[story.moment(story.day(-days), EVENING) for days in ahead],
        closes_on=story.day(-4),
        by=story[by],
    )


def _say_dates(story: Story, key: str, by: str, suits: str) -> None:
    poll = DatePoll.objects.within(story.agency).get(group=story.groups[key])
    answers = zip(dates_of(poll), suits.split(), strict=True)
    say_dates(poll, answers={each.pk: Suits(said) for each, said in answers}, by=story[by])


def _name_alternate(story: Story, key: str, holder: str, other: str) -> None:
    agree_to_step_in(_ask_to_step_in(story, key, holder, other), by=story[other])


def _ask_to_step_in(story: Story, key: str, holder: str, other: str) -> Alternate:
    return name_alternate(story.cells[key].group, story[other], by=story[holder])


def _ask_for_help(story: Story, member: str, other: str) -> None:
    name_supporter(story[other], sees_dates=True, by=story[member])


def _call(story: Story, key: str, by: str, member: str) -> None:
    """Hank, whom no e-mail reaches, was called about the next meeting: word was left."""
    coming = Meeting.objects.within(story.agency).filter(
        group=story.groups[key], status=MeetingStatus.PLANNED, on__gt=story.agency.today()
    )
    for meeting in coming.order_by("on")[:1]:
        note_calls(meeting, results={story[member].pk: CallResult.LEFT_WORD}, by=story[by])


def _leave(story: Story, key: str, member: str) -> None:
    place = story.groups[key].seats.get(member=story[member], until=None)
    end_seat(place, on=story.agency.today(), by=story["tom"])


def series(
    story: Story,
    key: str,
    days: Iterable[int],
    *,
    hours: str,
    minutes: Sequence[str],
    next_in: int = 14,
    planned: int = 3,
    goes_on: bool = True,
) -> None:
    """Meetings on these days, each planned before and recorded after; then the next one.

    `planned`: how many days ago that one was.
    """
    began, dice = story.began[key], story.dice(key)
    for number, ago in enumerate(days):
        words = minutes[number % len(minutes)] if minutes else ""
        story.on(min(ago + PLANNED_BEFORE, began), _plan, story, key, ago, hours, hour=11)
        story.on(ago, _hold, story, key, ago, Decimal(hours), dice, hour=EVENING + 2)
        if words:
            story.on(ago, _write_up, story, key, ago, words, hour=EVENING + 3)
    if goes_on:
        story.on(planned, _plan, story, key, -next_in, hours, hour=11)
    for group, meeting, who, text in texts.WISHES:
        if group == key:
            story.on(max(meeting, 0) + 2, _wish, story, key, meeting, who, text)


def _plan(story: Story, key: str, ago: int, hours: str) -> None:
    story.meetings[key, ago] = plan_meeting(
        story.groups[key],
        starts_at=story.moment(story.day(ago), EVENING),
        minutes_planned=int(Decimal(hours) * 60),
        place=texts.PLACES.get(key, texts.PLACE),
        agenda=texts.AGENDAS.get(key, texts.AGENDA),
        by=runner(story, key),
    )


def _wish(story: Story, key: str, ago: int, who: str, text: str) -> None:
    """Put something on the agenda of that day's meeting."""
    put_on_agenda(story.meetings[key, ago], text=text, by=story[who])


def runner(story: Story, key: str) -> Member:
    """Whoever plans the group's meetings and records attendance."""
    return story[texts.RUNNERS[key]]


def _hold(story: Story, key: str, ago: int, hours: Decimal, dice: Random) -> None:
    meeting = story.meetings[key, ago]
    seats = meeting.group.seats.filter(since__lte=meeting.on, until=None).order_by("pk")
    present = [seat.member for seat in seats.select_related("member") if dice.random() < 0.9]
    record_attendance(
        meeting,
        present={_with_agency(story, member): hours for member in present},
        by=runner(story, key),
    )


def _with_agency(story: Story, member: Member) -> Member:
    member.agency = story.agency
    return member


def _write_up(story: Story, key: str, ago: int, words: str) -> None:
    record_minutes(story.meetings[key, ago], minutes=words, by=runner(story, key))
