"""On which of the offered dates how many can come, and enough consumers for a quorum."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from groups.models import DateAnswer, DatePoll, PollDate, Seat, Suits
from groups.quorum import asked_of, consumers_needed


@dataclass(frozen=True)
class DateCount:
    """One date: who can come, by key, and whether that makes a quorum.

    `quorum`: YES with those whom it suits, IF_NEEDED with those who would come if needed, else NO.
    """

    date: PollDate
    people: Mapping[Suits, Collection[int]]
    silent: Collection[int]
    quorum: Suits

    @property
    def starts_at(self) -> datetime:
        return self.date.starts_at


def dates_of(poll: DatePoll) -> list[PollDate]:
    rows = PollDate.objects.within(poll.agency).filter(poll=poll)
    return list(rows.order_by("starts_at", "pk"))


def answers_of(poll: DatePoll, member_id: int) -> dict[int, str]:
    """What somebody said, by the key of the date."""
    rows = DateAnswer.objects.within(poll.agency).filter(date__poll=poll, member=member_id)
    return dict(rows.values_list("date", "suits"))


def answered_themselves(poll: DatePoll) -> set[int]:
    """The keys of people whose answer nobody entered for them; one query."""
    rows = DateAnswer.objects.within(poll.agency).filter(date__poll=poll, entered_by=F("member"))
    return set(rows.values_list("member", flat=True))


def counted(poll: DatePoll) -> list[DateCount]:
    """Each date, by the people who sit in the group that day; three queries.

    One more for the charter of the oversight committee: the quorum it asks for today.
    """
    dates = dates_of(poll)
    said: dict[int, dict[int, Suits]] = defaultdict(dict)
    answers = DateAnswer.objects.within(poll.agency).filter(date__poll=poll)
    for key, member, suits in answers.values_list("date", "member", "suits"):
        said[key][member] = Suits(suits)
    seats = list(
        Seat.objects.within(poll.agency).filter(group=poll.group_id, member__erased_at=None)
    )
    asked = asked_of(poll.group.kind, poll.agency, poll.agency.today()).consumers
    return [
        _count(each, said[each.pk], seats, poll.agency.date_of(each.starts_at), asked)
        for each in dates
    ]


def _count(
    found: PollDate, said: Mapping[int, Suits], seats: list[Seat], on: date, asked: int
) -> DateCount:
    there = [each for each in seats if each.since <= on and (each.until is None or each.until > on)]
    keys = {each.member_id for each in there}
    people = {suits: sorted(key for key in keys if said.get(key) == suits) for suits in Suits}
    consumers = [each.member_id for each in there if each.voting and each.is_consumer]
    needed = consumers_needed(len(consumers), asked)
    sure = sum(said.get(key) == Suits.YES for key in consumers)
    maybe = sure + sum(said.get(key) == Suits.IF_NEEDED for key in consumers)
    quorum = Suits.YES if sure >= needed else Suits.IF_NEEDED if maybe >= needed else Suits.NO
    return DateCount(found, people, sorted(keys - said.keys()), quorum)
