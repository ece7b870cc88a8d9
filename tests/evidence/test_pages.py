"""The page of the record: who reads it, what comparing words says, and the words on a review."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import Member
from devtools import committee
from evidence import actions, words
from evidence.models import RecordProof
from evidence.presenting import spoken
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import plan_meeting
from groups.models import Group, Meeting, MeetingStatus
from oversight.models import Review
from tests.conftest import Login
from tests.oversight.conftest import (
    committee_group,
    review,
    text,
    today,
)

__all__ = ["committee_group", "review", "today"]


@pytest.fixture
def sealed(agency: Agency, administrator: Member) -> str:
    """The words of the only day that is sealed."""
    head = actions.seal(agency, agency.today() - timedelta(days=2))
    actions.prove(agency)
    return spoken(head.digest)


def page_of(client: Client, agency: Agency, **asked: str) -> str:
    response = client.get(f"{at(agency, 'evidence:record')}?{urlencode(asked)}")
    return response.content.decode()


def test_the_committee_and_administrators_read_it(
    agency: Agency,
    sealed: str,
    committee_chair: Member,
    administrator: Member,
    consumer: Member,
    facilitator: Member,
    login: Login,
) -> None:
    url = at(agency, "evidence:record")
    assert login(committee_chair).get(url).status_code == 200
    assert login(administrator).get(url).status_code == 200
    for other in (consumer, facilitator):
        assert login(other).get(url).status_code == 403
        assert login(other).get(at(agency, "evidence:check")).status_code == 403


def test_before_anything_is_sealed_it_says_so(
    agency: Agency, administrator: Member, login: Login
) -> None:
    assert "Nothing is sealed yet" in page_of(login(administrator), agency)


def test_words_are_compared(
    agency: Agency, sealed: str, administrator: Member, login: Login
) -> None:
    client = login(administrator)
    assert "Nobody has changed the record since" in page_of(client, agency)
    assert "Nobody has changed what" in page_of(client, agency, words=f" {sealed.upper()}, ")
    other = spoken("0" * 64)
    assert "No day of this record has these words" in page_of(client, agency, words=other)
    assert "You typed 7 words" in page_of(client, agency, words=sealed.rpartition(" ")[0])
    assert "never prints this word: abcde" in page_of(client, agency, words=f"{sealed} abcde")
    assert "Type the eight words" in page_of(client, agency, words="")


def test_what_does_not_fit_is_told(
    agency: Agency, sealed: str, administrator: Member, login: Login
) -> None:
    proof = RecordProof.objects.within(agency).get()
    day = agency.today() - timedelta(days=2)
    proof.findings = [
        ["changed", "posting", 3, day.isoformat()],
        ["day", "", None, day.isoformat()],
    ]
    proof.count, proof.since = 22, agency.today()
    proof.save()
    client = login(administrator)
    page = page_of(client, agency, words=sealed)
    assert "record 3: This record was changed" in page
    assert "20 other places" in page
    assert "But something from before that day does not fit" in page
    assert "Nobody has changed" not in page
    assert "Somebody changed the record" in client.get(at(agency, "home_of")).content.decode()


def test_a_proof_that_is_old_says_so(
    agency: Agency, sealed: str, administrator: Member, login: Login
) -> None:
    proof = RecordProof.objects.within(agency).get()
    proof.on -= timedelta(days=4)
    proof.save()
    page = page_of(login(administrator), agency)
    assert "has not been checked since" in page
    assert "Nobody has changed the record" not in page


def test_everything_can_be_checked_now(
    agency: Agency, sealed: str, administrator: Member, login: Login
) -> None:
    proof = RecordProof.objects.within(agency).get()
    before = proof.at
    client, url = login(administrator), at(agency, "evidence:check")
    page = client.get(url).content.decode()
    key = page.partition('name="submission" value="')[2].partition('"')[0]
    response = client.post(url, {"submission": key}, follow=True)
    assert "Every record fits its seal" in response.content.decode()
    proof.refresh_from_db()
    assert proof.at > before


def test_a_closed_review_prints_its_words(
    agency: Agency,
    review: Review,
    sealed: str,
    committee_chair: Member,
    consumer: Member,
    login: Login,
) -> None:
    url = at(agency, "oversight:review", pk=review.pk)
    assert sealed not in text(login(committee_chair), url)
    closed = committee.close_review(review, by=committee_chair)
    assert words.words_of(closed.sealed_digest) == tuple(sealed.split())
    for address in (url, at(agency, "oversight:packet", pk=review.pk)):
        assert sealed in text(login(consumer), address)
        assert at(agency, "evidence:record") not in text(login(consumer), address)
        assert at(agency, "evidence:record") in text(login(committee_chair), address)


def test_a_review_without_a_seal_prints_none(
    agency: Agency, review: Review, committee_chair: Member, login: Login
) -> None:
    closed = committee.close_review(review, by=committee_chair)
    assert closed.sealed_day is None
    page = text(login(committee_chair), at(agency, "oversight:review", pk=review.pk))
    assert "Eight words" not in page


def test_the_list_of_words_never_changes() -> None:
    every = " ".join(words._LIST)
    assert hashlib.sha256(every.encode()).hexdigest() == (
        "34157c67d7841efaa7ae74d84360101b8e1fbd78754c6456f7078b0745661d48"
    )
    digest = "5e" * 32
    assert spoken(digest) == " ".join(words.words_of(digest))
    assert words.beginning(words.words_of(digest)) == digest[:22]
    assert words.unknown(["able", "zinc", "qqqq"]) == ["qqqq"]


def test_the_committees_minutes_print_the_words_of_their_day(
    agency: Agency,
    committee_group: Group,
    sealed: str,
    administrator: Member,
    committee_chair: Member,
    login: Login,
) -> None:
    meeting = plan_meeting(
        committee_group,
        starts_at=timezone.now() + timedelta(hours=1),
        place="Office",
        by=administrator,
    )
    url = at(agency, "groups:meeting", pk=meeting.pk)
    assert sealed not in text(login(committee_chair), url)
    Meeting.objects.within(agency).filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
    assert sealed in text(login(committee_chair), url)
