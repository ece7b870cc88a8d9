"""What differs between the charter in force and the committee, on any day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from devtools.seating import accept, seat
from documents.actions import draft, enter_terms, propose_for_ratification
from documents.models import CharterTerms, DecidesBy, DocumentKind, Version
from foundation.addresses import at
from foundation.models import Agency
from foundation.months import months_later
from groups.actions import (
    attest_resolution,
    change_office,
    close_decision,
    end_seat,
    propose_for_group,
    propose_seat,
)
from groups.models import Group, MotionKind, Office, Seat, SeatOffer
from notifications.waiting import waiting
from oversight.charter_words import told
from oversight.committee_facts import charter_on, departures
from oversight.departing import departing
from oversight.out_of_charter import (
    CharterInForceNow,
    Departure,
    DepartureCode,
    HeldSeat,
    SeatClass,
    class_of,
    out_of_charter,
)
from tests.conftest import Login
from tests.documents.conftest import Adopt, adopt, board, committee
from tests.documents.test_charter_terms import TERMS
from tests.documents.test_seats_under_the_charter import all_say, came, choose

__all__ = ["adopt", "board", "came", "committee"]

DAY = timedelta(days=1)
BEGAN, ON = date(2025, 1, 31), date(2026, 3, 15)
CONSUMER, STAFF = StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER
Codes = list[tuple[DepartureCode, str]]
D = DepartureCode
Adopted = Callable[..., Version]


def charter(since: date = BEGAN, first: date | None = None, **changed: object) -> CharterInForceNow:
    return CharterInForceNow(CharterTerms(**{**TERMS, **changed}), since, first or since)


def held(member: int, standing: str = CONSUMER, **changed: Any) -> HeldSeat:
    values: dict[str, Any] = {
        "employed_peer": False,
        "voting": True,
        "office": "chair" if member == 1 else "",
        "since": BEGAN,
        "until": None,
        "given": member,
    }
    return HeldSeat(member, standing, **{**values, **changed})


FULL = (held(1), held(2), held(3, STAFF))


def codes(found: list[Departure]) -> Codes:
    return [(each.code, each.which) for each in found]


def test_a_committee_as_its_charter_says_is_in_charter() -> None:
    assert out_of_charter(charter(), FULL, ON) == []


def test_without_terms_nothing_differs() -> None:
    assert out_of_charter(None, (), ON) == []


def test_an_empty_seat_is_told_with_its_class_since_the_day_it_was_left() -> None:
    left = date(2026, 2, 1)
    seats = (held(1), held(2, until=left), held(3, STAFF))
    assert out_of_charter(charter(), seats, left - DAY) == []
    assert out_of_charter(charter(), seats, ON) == [
        Departure(D.EMPTY, left, "", 3, 2),
        Departure(D.CLASS, left, SeatClass.CONSUMERS, 2, 1),
    ]


def test_a_seat_left_and_filled_again_counts_from_the_last_time() -> None:
    first, back, again = date(2025, 5, 1), date(2025, 6, 1), date(2026, 2, 1)
    seats = (held(1), held(3, STAFF), held(2, until=first), held(4, since=back, until=again))
    assert {each.since for each in out_of_charter(charter(), seats, ON)} == {again}
    assert {each.since for each in out_of_charter(charter(), seats, back - DAY)} == {first}
    assert out_of_charter(charter(), seats, back) == []


def test_a_seat_of_another_class_does_not_fill_one() -> None:
    seats = (held(1), held(2, StandingKind.FAMILY_MEMBER), held(3, STAFF))
    assert codes(out_of_charter(charter(), seats, ON)) == [
        (D.CLASS, SeatClass.CONSUMERS),
        (D.CLASS, SeatClass.FAMILY),
    ]


def test_peer_workers_count_as_staff_and_who_does_not_say_as_others() -> None:
    assert class_of(CONSUMER, employed_peer=True) == SeatClass.STAFF
    assert class_of(CONSUMER, employed_peer=False) == SeatClass.CONSUMERS
    assert class_of(StandingKind.UNDISCLOSED, employed_peer=False) == SeatClass.OTHERS


def test_a_seat_too_many_is_told_and_one_without_a_vote_is_none() -> None:
    adviser = held(4, voting=False)
    assert out_of_charter(charter(), (*FULL, adviser), ON) == []
    found = out_of_charter(charter(), (*FULL, replace(adviser, voting=True)), ON)
    assert found[0] == Departure(D.TOO_MANY, BEGAN, "", 3, 4)


@pytest.mark.parametrize(("on", "over"), [(date(2027, 1, 30), False), (date(2027, 1, 31), True)])
def test_a_term_runs_out_on_the_same_day_of_its_last_month(on: date, over: bool) -> None:
    found = out_of_charter(charter(), FULL, on)
    assert found == ([Departure(D.TERM_OVER, on, "", 0, 3)] if over else [])


def test_a_month_with_fewer_days_ends_a_term_on_its_last() -> None:
    seats, terms = FULL, charter(term_months=1, terms_in_a_row=None)
    assert out_of_charter(terms, seats, date(2025, 2, 27)) == []
    assert codes(out_of_charter(terms, seats, date(2025, 2, 28))) == [(D.TERM_OVER, "")]


def test_a_seat_given_again_begins_a_new_term_and_an_office_taken_away_none() -> None:
    middle = date(2026, 6, 1)
    after = date(2027, 2, 1)
    again = held(2, since=middle, given=20)
    renewed = (held(1), held(2, until=middle), again, held(3, STAFF))
    assert out_of_charter(charter(), renewed, after)[0].held == 2
    same = (held(1), held(2, until=middle), replace(again, given=2), held(3, STAFF))
    assert out_of_charter(charter(), same, after)[0].held == 3


def test_terms_count_from_the_first_charter_that_had_any_and_from_the_founders_confirmation() -> (
    None
):
    early = tuple(replace(each, since=date(2020, 1, 1)) for each in FULL)
    assert out_of_charter(charter(), early, date(2027, 1, 30)) == []
    later = charter(since=date(2026, 6, 1), first=BEGAN)
    assert out_of_charter(later, early, date(2027, 1, 30)) == []
    assert codes(out_of_charter(later, early, date(2027, 1, 31))) == [(D.TERM_OVER, "")]
    kept = tuple(replace(each, kept_on=date(2025, 3, 1)) for each in FULL)
    assert out_of_charter(charter(), kept, date(2027, 2, 28)) == []
    assert codes(out_of_charter(charter(), kept, date(2027, 3, 1))) == [(D.TERM_OVER, "")]


def test_who_sat_for_all_terms_in_a_row_is_over_the_limit_unless_there_was_a_break() -> None:
    terms = charter(term_months=12, terms_in_a_row=2)
    second = date(2026, 1, 31)
    row = (held(2, until=second), held(2, since=second, given=20))
    others = (held(1, since=second, given=10), held(3, STAFF, since=second, given=30))
    last = date(2027, 1, 31)
    assert out_of_charter(terms, (*row, *others), last - DAY) == []
    assert out_of_charter(terms, (*row, *others), last) == [
        Departure(D.TERM_OVER, last, "", 0, 2),
        Departure(D.IN_A_ROW, last, "", 0, 1),
    ]
    broken = (row[0], replace(row[1], since=second + DAY))
    assert codes(out_of_charter(terms, (*broken, *others), last)) == [(D.TERM_OVER, "")]


def test_an_office_is_vacant_from_the_day_on_which_nobody_holds_it() -> None:
    gone = date(2026, 1, 2)
    seats = (
        held(1, until=gone),
        held(1, since=gone, office=""),
        *FULL[1:],
    )
    terms = charter(note_taker=True)
    assert out_of_charter(terms, seats, gone - DAY) == [
        Departure(D.OFFICE, BEGAN, Office.NOTE_TAKER, 1, 0)
    ]
    assert codes(out_of_charter(terms, seats, gone)) == [
        (D.OFFICE, Office.CHAIR),
        (D.OFFICE, Office.NOTE_TAKER),
    ]


def test_a_charter_that_asks_for_less_than_the_house_or_for_a_majority_differs() -> None:
    found = out_of_charter(charter(quorum_consumers=1), FULL, ON)
    assert found == [Departure(D.QUORUM, BEGAN, "", 1, 2)]
    found = out_of_charter(charter(decides_by=DecidesBy.MAJORITY), FULL, ON)
    assert found == [Departure(D.DECIDES_BY, BEGAN)]


# In the database: a committee of two consumers and a provider, under a charter from today on.


@pytest.fixture
def adopted(committee: Group, board: Group, adopt: Adopt, administrator: Member) -> Adopted:
    def adopted(**changed: object) -> Version:
        version = draft(DocumentKind.CHARTER, text="We meet.", by=administrator)
        if changed.get("term_months", 1) is not None:
            enter_terms(version, **{**TERMS, **changed}, by=administrator)
        propose_for_ratification(version, by=administrator)
        return adopt(version)

    return adopted


def found_on(committee: Group, on: date) -> Codes:
    """The differences of that day; what waits agrees on whether there are any."""
    agency = committee.agency
    found = codes(departures(agency, committee, on))
    assert departing(agency, on).exists() == bool(found)
    return found


def test_the_committee_that_was_there_passes_into_its_charter(
    adopted: Adopted, committee: Group, agency: Agency
) -> None:
    today = agency.today()
    assert found_on(committee, today) == []
    adopted()
    assert found_on(committee, today) == []
    charter = charter_on(agency, today)
    assert charter is not None
    assert charter.terms is not None
    assert (charter.terms.since, charter.terms.first) == (today, today)
    assert charter_on(agency, today - DAY) is None


def test_an_older_charter_without_terms_is_never_out_of_charter(
    adopted: Adopted, committee: Group, agency: Agency
) -> None:
    adopted(term_months=None)
    assert found_on(committee, agency.today()) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"seats_consumers": 3}, [(D.EMPTY, ""), (D.CLASS, "consumers")]),
        ({"seats_staff": 0}, [(D.TOO_MANY, ""), (D.CLASS, "staff")]),
        ({"seats_staff": 0, "seats_others": 1}, [(D.CLASS, "staff"), (D.CLASS, "others")]),
        ({"co_chair": True}, [(D.OFFICE, "co_chair")]),
        ({"decides_by": DecidesBy.MAJORITY}, [(D.DECIDES_BY, "")]),
    ],
)
def test_each_difference_is_found_in_the_database(
    changed: dict[str, object],
    found: Codes,
    adopted: Adopted,
    committee: Group,
    agency: Agency,
) -> None:
    adopted(**changed)
    assert found_on(committee, agency.today()) == found


def over(committee: Group, on: date) -> int:
    """How many members' terms have run out by that day; what waits agrees."""
    found_on(committee, on)
    found = departures(committee.agency, committee, on)
    return sum(each.held for each in found if each.code == D.TERM_OVER)


def test_terms_run_out_and_are_given_anew_by_the_committee(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    administrator: Member,
    committee_chair: Member,
    time_machine: TimeMachineFixture,
) -> None:
    today = agency.today()
    adopted(term_months=1, terms_in_a_row=3)
    last = months_later(today, 1)
    assert found_on(committee, last - DAY) == []
    assert found_on(committee, last) == [(D.TERM_OVER, "")]
    time_machine.move_to(now() + (last - today))
    for held_by in Seat.objects.within(agency).on(last).filter(group=committee):
        held_by.member.agency = agency
        seat(
            committee,
            held_by.member,
            office=held_by.office,
            since=last,
            by=administrator,
        )
    assert found_on(committee, last) == []
    # An office that is given up leaves the term as it is.
    time_machine.move_to(now() + DAY * 5)
    held_by = Seat.objects.within(agency).on(agency.today()).get(member=committee_chair)
    change_office(held_by, office="", on=agency.today(), by=committee_chair)
    again = months_later(today, 2)
    assert found_on(committee, again - DAY) == [(D.OFFICE, "chair")]
    assert over(committee, again) == 3
    assert found_on(committee, months_later(today, 3) - DAY)[0] == (D.TERM_OVER, "")
    assert found_on(committee, months_later(today, 3))[0] == (D.IN_A_ROW, "")


def test_a_founding_member_begins_a_term_when_the_committee_keeps_them(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    committee_chair: Member,
    came: Member,
    second_consumer: Member,
    administrator: Member,
    time_machine: TimeMachineFixture,
) -> None:
    paper = choose(committee, came, second_consumer, by=administrator)
    attest_resolution(paper, by=came)
    accept(SeatOffer.objects.within(agency).waiting().get())
    adopted(seats_consumers=3, term_months=1)
    first = agency.today()
    assert over(committee, months_later(first, 1)) == 4
    time_machine.move_to(now() + timedelta(days=10))
    kept = agency.today()
    decision = propose_for_group(
        committee,
        MotionKind.CONFIRM,
        deciding=committee,
        since=kept,
        reason="They know the work.",
        by=committee_chair,
    )
    all_say(decision)
    close_decision(decision, by=committee_chair)
    assert over(committee, months_later(first, 1)) == 3
    assert over(committee, months_later(kept, 1) - DAY) == 3
    assert over(committee, months_later(kept, 1)) == 4


def test_what_happens_later_changes_no_earlier_answer(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    consumer: Member,
    committee_chair: Member,
    administrator: Member,
    time_machine: TimeMachineFixture,
) -> None:
    adopted()
    first = agency.today()
    time_machine.move_to(now() + timedelta(days=10))
    seats = Seat.objects.within(agency).on(agency.today()).filter(group=committee)
    end_seat(seats.get(member=consumer), on=agency.today(), by=consumer)
    change_office(
        seats.get(member=committee_chair), office="", on=agency.today(), by=committee_chair
    )
    time_machine.shift(timedelta(days=10))
    today = agency.today()
    assert departures(agency, committee, first) == []
    assert departures(agency, committee, today - DAY * 11) == []
    expected = {(D.EMPTY, ""), (D.CLASS, "consumers"), (D.OFFICE, "chair")}
    assert set(found_on(committee, today)) == expected
    assert {each.since for each in departures(agency, committee, today)} == {today - DAY * 10}
    before = departures(agency, committee, today)
    # A new charter tomorrow, and a seat filled then, leave today as it was.
    time_machine.shift(DAY)
    seat(committee, consumer, office="chair", since=agency.today(), by=administrator)
    assert found_on(committee, agency.today()) == []
    assert departures(agency, committee, today) == before


def text(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_everybody_reads_of_an_empty_seat_but_classes_only_who_may_see_standings(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    second_consumer: Member,
    administrator: Member,
    login: Login,
) -> None:
    adopted(seats_consumers=3)
    pages = [
        at(agency, "oversight:committee"),
        at(agency, "documents:document", kind="charter"),
    ]
    for page in pages:
        shown = text(login(second_consumer), page)
        assert "The committee is out of charter." in shown
        assert "1 of 4 seats is empty. This has been so since" in shown
        assert "For consumers: 2 seats are held" not in shown
        assert "not divided" not in shown
        shown = text(login(administrator), page)
        assert "For consumers: 2 seats are held, and the charter has 3." in shown


def test_a_wrong_division_is_one_sentence_about_today_for_who_may_not_see_standings(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    second_consumer: Member,
    administrator: Member,
    login: Login,
) -> None:
    adopted(seats_staff=0, seats_others=1)
    today = agency.today()
    found = departures(agency, committee, today)
    committee.agency = agency
    (one,) = told(found, committee, second_consumer, today=True)
    assert one.since is None
    assert not set("0123456789") & set(one.words)
    assert told(found, committee, second_consumer, today=False) == []
    assert len(told(found, committee, administrator, today=False)) == 2
    shown = text(login(second_consumer), at(agency, "oversight:committee"))
    assert one.words in shown
    assert "For staff" not in shown


def kinds_that_wait(member: Member) -> set[str]:
    return {each.title for each in waiting(member, member.agency.today())}


def test_it_waits_with_who_can_mend_it_and_is_over_once_a_decision_has(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    committee_chair: Member,
    consumer: Member,
    second_consumer: Member,
    manager: Member,
    login: Login,
) -> None:
    adopted(co_chair=True)
    title = "The committee is out of its charter. See what would mend it"
    assert title in kinds_that_wait(consumer)
    assert title not in kinds_that_wait(second_consumer) | kinds_that_wait(manager)
    page = at(agency, "oversight:committee")
    offering = at(agency, "groups:propose_seat", pk=committee.pk)
    assert offering in text(login(committee_chair), page)
    shown = text(login(second_consumer), page)
    assert "Nobody holds this office: Co-chair." in shown
    assert "Since" not in shown
    assert offering not in shown
    decision = propose_seat(
        committee, consumer, office="co_chair", since=agency.today(), by=committee_chair
    )
    all_say(decision)
    close_decision(decision, by=committee_chair)
    assert found_on(committee, agency.today()) == [(D.OFFICE, "co_chair")]
    accept(SeatOffer.objects.within(agency).waiting().get())
    assert found_on(committee, agency.today()) == []
    assert title not in kinds_that_wait(consumer)
    assert "out of charter" not in text(login(second_consumer), page)


def test_a_new_charter_mends_it_as_well(
    adopted: Adopted, committee: Group, agency: Agency, time_machine: TimeMachineFixture
) -> None:
    adopted(decides_by=DecidesBy.MAJORITY)
    today = agency.today()
    time_machine.move_to(now() + DAY)
    adopted()
    assert found_on(committee, agency.today()) == []
    assert codes(departures(agency, committee, today)) == [(D.DECIDES_BY, "")]


def test_the_page_of_a_past_day_says_how_it_was_then_to_who_may_compare_days(
    adopted: Adopted,
    committee: Group,
    agency: Agency,
    consumer: Member,
    administrator: Member,
    second_consumer: Member,
    login: Login,
    time_machine: TimeMachineFixture,
) -> None:
    adopted(co_chair=True)
    first = agency.today()
    time_machine.move_to(now() + DAY * 2)
    seat(committee, consumer, office="co_chair", since=agency.today(), by=administrator)
    page = at(agency, "documents:document", kind="charter")
    assert "out of charter" not in text(login(second_consumer), f"{page}?on={first}")
    shown = text(login(administrator), f"{page}?on={first}")
    assert "The committee was out of charter." in shown
    assert "To fix this" not in shown
    assert "out of charter" not in text(login(second_consumer), page)
