"""What waits agrees with what pages say, whatever seats a committee had."""

from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.db.models import F

from accounts.models import Member, StandingKind
from devtools.seating import decided
from foundation.models import Agency
from groups.models import Ending, Group, OfferState, Seat, SeatOffer
from oversight.committee_facts import departures
from oversight.departing import departing
from tests.documents.conftest import Adopt, adopt, board, committee
from tests.oversight.test_out_of_charter import Adopted, adopted

__all__ = ["Adopt", "adopt", "adopted", "board", "committee"]

CONSUMER, STAFF = StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER
STANDINGS = [CONSUMER, STAFF, StandingKind.FAMILY_MEMBER]
FILLED = [CONSUMER, CONSUMER, STAFF]
# Standing, days until the first place, days until the next one, and what that is: the same term
# (0), a new one (1), or one after a break (2).
Life = tuple[str, int, int, int]


def life(chance: Random) -> Life:
    return (
        chance.choice(STANDINGS),
        chance.randint(0, 30),
        chance.randint(1, 40),
        chance.randint(0, 2),
    )


class _PutBack(Exception):
    """Ends an example."""


def accepted(committee: Group, member: Member, office: str, since: date) -> SeatOffer:
    offer = decided(committee, member, voting=True, office=office, since=since, by=member)
    offer.become(OfferState.ACCEPTED)
    offer.answered_on = committee.agency.today()
    offer.save()
    return offer


def lives(committee: Group, members: list[Member], found: list[Life]) -> None:
    agency, today = committee.agency, committee.agency.today()
    Seat.objects.within(agency).filter(group=committee).update(until=F("since"), ending=Ending.LEFT)
    for number, (member, (standing, first, lasts, then)) in enumerate(
        zip(members, found, strict=True)
    ):
        office = "chair" if number == 0 else ""
        begun = today + timedelta(days=first)
        turn = begun + timedelta(days=lasts)
        offers = [accepted(committee, member, office, begun) for _each in range(2)]
        spans: list[tuple[date, date | None, SeatOffer]] = [(begun, turn, offers[0])]
        spans.append((turn + timedelta(days=then == 2), None, offers[then > 0]))
        for since, until, offer in spans:
            Seat.objects.within(agency).create(
                group=committee,
                member=member,
                standing=standing,
                office=office,
                since=since,
                until=until,
                ending=Ending.LEFT if until else "",
                offer=offer,
            )


def test_what_waits_agrees_with_what_pages_say(
    adopted: Adopted,
    committee: Group,
    committee_chair: Member,
    consumer: Member,
    provider: Member,
    agency: Agency,
) -> None:
    adopted(term_months=1, terms_in_a_row=2)
    chance, answers = Random(317), set()
    for _example in range(6):
        try:
            with transaction.atomic():
                found = [life(chance) for _member in range(3)]
                # Where all classes are filled, only the terms decide.
                if chance.random() < 0.75:
                    found = [(kind, *each[1:]) for kind, each in zip(FILLED, found, strict=True)]
                lives(committee, [committee_chair, consumer, provider], found)
                for days in (29, chance.randint(31, 60), chance.randint(60, 100)):
                    day = agency.today() + timedelta(days=days)
                    said = departures(agency, committee, day)
                    assert departing(agency, day).exists() == bool(said), (found, day, said)
                    answers.add(tuple(sorted({each.code for each in said})))
                raise _PutBack
        except _PutBack:
            pass
    assert len(answers) > 3
    assert () in answers
