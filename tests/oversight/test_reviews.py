import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from devtools import committee
from foundation import events
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.quarters import before, lately, quarter_of, words
from foundation.refusals import Refused
from groups.actions.seats import end_seat
from groups.models import Group, Seat
from indicators import actions as indicator_actions
from indicators.frozen import intact, read
from oversight import actions
from oversight.models import Committee, Finding, Review, ReviewStatus
from oversight.recognizable import passages
from tests.conftest import Login


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        ("2026-01-01", "2026-01-01", "2026-04-01"),
        ("2026-03-31", "2026-01-01", "2026-04-01"),
        ("2026-06-30", "2026-04-01", "2026-07-01"),
        ("2026-09-15", "2026-07-01", "2026-10-01"),
        ("2026-12-31", "2026-10-01", "2027-01-01"),
    ],
)
def test_a_day_lies_in_one_quarter(day: str, since: str, until: str) -> None:
    quarter = quarter_of(date.fromisoformat(day))
    assert (str(quarter.since), str(quarter.until)) == (since, until)


def test_quarters_go_back_without_a_gap() -> None:
    quarters = lately(date(2026, 5, 5))
    assert [quarter.until for quarter in quarters[1:]] == [q.since for q in quarters[:-1]]
    assert words(quarters[0].since, quarters[0].until) == "January to March 2026"


def test_a_committee_begins_with_its_group(agency: Agency, committee_group: Group) -> None:
    assert Committee.objects.within(agency).current().get().group == committee_group


def test_a_review_shows_the_signs_as_they_were_at_one_moment(
    agency: Agency, review: Review, administrator: Member
) -> None:
    before_text = review.snapshot.text
    events.record("anything.happened", administrator, by=administrator)
    indicator_actions.catch_up(agency)
    review.refresh_from_db()
    assert review.snapshot.text == before_text
    assert intact(review.snapshot)
    last = review.until - timedelta(days=1)
    assert json.loads(before_text)["as_of"] == last.isoformat()
    assert review.snapshot.as_of == last
    assert "oversight" in {sign.code for sign in read(review.snapshot)}


def test_only_one_review_is_under_way(review: Review, committee_chair: Member) -> None:
    with pytest.raises(Refused):
        actions.open_review(since=before(quarter_of(review.since)).since, by=committee_chair)


def test_a_quarter_is_reviewed_once(review: Review, committee_chair: Member) -> None:
    committee.close_review(review, by=committee_chair)
    with pytest.raises(ValidationError):
        actions.open_review(since=review.since, by=committee_chair)


@pytest.mark.parametrize("days", [0, 1, 100])
def test_a_review_is_of_a_quarter_that_is_over(
    committee_group: Group, committee_chair: Member, today: date, days: int
) -> None:
    with pytest.raises(ValidationError):
        actions.open_review(
            since=quarter_of(today).since + timedelta(days=days), by=committee_chair
        )


def test_without_a_committee_there_is_no_review(committee_chair: Member, today: date) -> None:
    with pytest.raises(Refused):
        actions.open_review(since=quarter_of(today).since, by=committee_chair)


@pytest.mark.parametrize(
    "who", ["administrator", "manager", "facilitator", "consumer", "advisor", "approver"]
)
def test_only_voting_members_of_the_committee_do_its_work(
    review: Review, request: pytest.FixtureRequest, who: str
) -> None:
    by: Member = request.getfixturevalue(who)
    with pytest.raises(Refused):
        actions.record_finding(review, indicator="oversight", kind="concern", text="Hm", by=by)
    with pytest.raises(Refused):
        committee.close_review(review, by=by)


def test_the_role_without_a_seat_is_not_enough(
    review: Review, committee_group: Group, committee_chair: Member, agency: Agency
) -> None:
    (seat,) = Seat.objects.within(agency).filter(member=committee_chair)
    end_seat(seat, on=agency.today(), by=committee_chair)
    with pytest.raises(Refused):
        committee.close_review(review, by=committee_chair)


def test_findings_end_with_the_review(review: Review, committee_chair: Member) -> None:
    committee.close_review(review, summary="A good quarter.", by=committee_chair)
    with pytest.raises(Refused):
        actions.record_finding(
            review, indicator="oversight", kind="concern", text="Late", by=committee_chair
        )
    with pytest.raises(Refused):
        committee.close_review(review, by=committee_chair)


@pytest.mark.parametrize("wrong", [{"indicator": "nothing"}, {"kind": "gossip"}, {"text": "  "}])
def test_a_finding_needs_a_sign_a_kind_and_words(
    review: Review, committee_chair: Member, wrong: dict[str, str]
) -> None:
    values = {"indicator": "oversight", "kind": "concern", "text": "Words", **wrong}
    with pytest.raises(ValidationError):
        actions.record_finding(review, by=committee_chair, **values)
    assert not Finding.objects.within(committee_chair.agency).exists()


def test_a_review_that_somebody_else_changed_is_not_closed_over(
    review: Review, committee_chair: Member
) -> None:
    with pytest.raises(ValidationError):
        committee.close_review(review, by=committee_chair, version=review.version + 1)


def test_the_database_holds_one_open_review_and_closed_ones_dated(
    review: Review, agency: Agency, committee_chair: Member
) -> None:
    snapshot = indicator_actions.freeze(agency, by=committee_chair)
    earlier = before(quarter_of(review.since))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.within(agency).create(
            committee=review.committee,
            since=earlier.since,
            until=earlier.until,
            snapshot=snapshot,
            opened_on=agency.today(),
            opened_by=committee_chair,
        )
    review.status = "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save()


def test_a_review_that_was_held_on_paper_is_closed_with_its_day(
    review: Review, committee_chair: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    for wrong in (today + timedelta(days=1), review.since - timedelta(days=1)):
        with pytest.raises(ValidationError):
            committee.close_review(review, held_on=wrong, by=committee_chair)
    closed = committee.close_review(review, held_on=review.since, by=committee_chair)
    assert (closed.held_on, closed.closed_on) == (review.since, today)
    page = login(committee_chair).get(at(agency, "oversight:reviews"))
    assert (b"Held on" in page.content) is (review.since < today)


def test_what_happens_is_recorded_without_words(
    review: Review, finding: Finding, committee_chair: Member, agency: Agency
) -> None:
    committee.close_review(review, summary="A good quarter.", by=committee_chair)
    names = ["review.opened", "finding.recorded", "review.closed"]
    rows = Event.objects.within(agency).filter(name__in=names).order_by("pk")
    assert [event.name for event in rows] == names
    assert rows[1].data == {"review": review.pk, "indicator": "oversight"}


@pytest.mark.parametrize(
    "text",
    [
        "Rosa brought it up.",
        "Two of the six members use services.",
        "The only consumer left in May.",
        "None of the people who came were asked.",
    ],
)
def test_what_names_or_counts_people_is_read_again_before_everybody_can(
    review: Review, consumer: Member, committee_chair: Member, text: str
) -> None:
    actions.record_finding(
        review, indicator="membership", kind="concern", text=text, by=committee_chair
    )
    with pytest.raises(ValidationError) as refused:
        committee.close_review(review, by=committee_chair)
    assert "read_again" in refused.value.error_dict
    closed = committee.close_review(review, by=committee_chair, read_again=True)
    assert closed.status == ReviewStatus.CLOSED


def test_what_tells_of_nobody_is_not_asked_about() -> None:
    said = ["The charter is not signed yet.", "Meetings were held on time.", "Rosalind Street"]
    assert passages(said, ["Rosa", "Rosa Example"]) == []
