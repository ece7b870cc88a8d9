"""Pages of minutes: who reads which, and what each can do there."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.models import Member
from devtools import committee as decides
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import plan_meeting, record_minutes
from groups.models import Group, Meeting
from notifications.waiting import waiting
from oversight.actions import add_to_minutes
from oversight.models import ApprovedMinutes, CommitteeStep, MinutesAddendum
from tests.conftest import Login, assert_budget
from tests.documents.conftest import Adopt, adopt, board, committee
from tests.oversight.conftest import post, text
from tests.oversight.test_minutes import DAY, OPEN, WHOLE, again, approved, meeting, prepare
from tests.oversight.test_out_of_charter import Adopted, adopted

__all__ = ["Adopt", "Adopted", "adopt", "adopted", "approved", "board", "committee", "meeting"]

PAGES = ("minutes_list", "minutes", "print_minutes", "prepare_minutes", "add_to_minutes")
READERS = ("committee_chair", "administrator", "second_consumer", "payer", "outsider")


@state
def unapproved(approved: ApprovedMinutes, committee: Group, committee_chair: Member) -> Meeting:
    """A later meeting, with minutes that nobody has approved."""
    held = plan_meeting(committee, starts_at=now() - DAY, by=committee_chair)
    return record_minutes(held, minutes="Rosa asked for tea.", by=committee_chair)


def address(agency: Agency, page: str, meeting: Meeting) -> str:
    name = f"oversight:{page}"
    return at(agency, name) if page == "minutes_list" else at(agency, name, pk=meeting.pk)


# For each charter and reader, the answers of the five pages: of approved minutes, then of others.
TABLE: dict[str, dict[str, tuple[str, str]]] = {
    "nobody": {
        "committee_chair": ("200 200 200 403 200", "200 200 404 200 404"),
        "administrator": ("200 200 200 403 403", "200 200 404 403 404"),
        "second_consumer": ("404 404 404 404 404", "404 404 404 404 404"),
        "payer": ("404 404 404 404 404", "404 404 404 404 404"),
        "outsider": ("404 404 404 404 404", "404 404 404 404 404"),
    },
    "board": {
        "committee_chair": ("200 200 200 403 200", "200 200 404 200 404"),
        "administrator": ("200 200 200 403 403", "200 200 404 403 404"),
        "second_consumer": ("200 200 200 403 403", "200 404 404 404 404"),
        "payer": ("404 404 404 404 404", "404 404 404 404 404"),
        "outsider": ("404 404 404 404 404", "404 404 404 404 404"),
    },
    "program": {
        "committee_chair": ("200 200 200 403 200", "200 200 404 200 404"),
        "administrator": ("200 200 200 403 403", "200 200 404 403 404"),
        "second_consumer": ("200 200 200 403 403", "200 404 404 404 404"),
        "payer": ("200 200 200 403 403", "200 404 404 404 404"),
        "outsider": ("404 404 404 404 404", "404 404 404 404 404"),
    },
}


@pytest.mark.promise("judging")
@pytest.mark.parametrize("charter", TABLE)
def test_each_page_is_for_whom_the_charter_names(
    charter: str,
    unapproved: Meeting,
    approved: ApprovedMinutes,
    adopted: Adopted,
    agency: Agency,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    """Second consumer and manager sit on the board; the payer has no seat at all."""
    adopted(
        minutes_to_board=charter == "board",
        minutes_to_program=charter == "program",
        minutes_to_public=False,
    )
    for who in READERS:
        client = login(request.getfixturevalue(who))
        for each_meeting, expected in zip(
            (approved.meeting, unapproved), TABLE[charter][who], strict=True
        ):
            found = [
                str(client.get(address(agency, each, each_meeting)).status_code) for each in PAGES
            ]
            assert (who, " ".join(found)) == (who, expected)


@pytest.mark.promise("judging")
def test_who_may_not_read_them_finds_no_trace(
    unapproved: Meeting,
    approved: ApprovedMinutes,
    committee_chair: Member,
    adopted: Adopted,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    adopted(minutes_to_board=True, minutes_to_program=False)
    add_to_minutes(approved, text="It was the large room.", by=committee_chair)
    client = login(payer)
    pages = [
        at(agency, "oversight:committee"),
        at(agency, "groups:meeting", pk=approved.meeting_id),
        at(agency, "groups:meetings", pk=approved.meeting.group_id),
        at(agency, "groups:decisions", pk=approved.meeting.group_id),
    ]
    for url in pages:
        page = text(client, url)
        for words in ("inutes of", "oversight/minutes", OPEN[:20], "large room", "pprove"):
            assert words not in page, (url, words)
    assert approved.step.decision is not None
    decision = at(agency, "groups:decision", pk=approved.step.decision_id)
    assert client.get(decision).status_code in {403, 404}


def test_others_read_what_was_published_without_names(
    approved: ApprovedMinutes,
    committee_chair: Member,
    consumer: Member,
    adopted: Adopted,
    payer: Member,
    agency: Agency,
    login: Login,
) -> None:
    adopted(minutes_to_program=True)
    add_to_minutes(approved, text="It was the large room.", by=consumer)
    inside, outside = login(committee_chair), login(payer)
    for page in ("minutes", "print_minutes"):
        shown = text(outside, at(agency, f"oversight:{page}", pk=approved.meeting_id))
        assert "A member told why the bus is late." in shown
        assert "Rosa" not in shown
        assert "It was the large room." in shown
    shown = text(inside, at(agency, "oversight:minutes", pk=approved.meeting_id))
    assert "Rosa told why the bus is late." in shown
    assert "written by Rosa" in shown
    assert "A member told why the bus is late." in shown
    found = outside.get(at(agency, "oversight:minutes_list"), {"words": "BUS"})
    assert len(found.context["approved"]) == 1
    for words in ("Rosa", "tea"):
        found = outside.get(at(agency, "oversight:minutes_list"), {"words": words})
        assert found.context["approved"] == []


def test_they_are_prepared_from_the_minutes_without_names(
    meeting: Meeting, committee_chair: Member, agency: Agency, login: Login
) -> None:
    client = login(committee_chair)
    url = at(agency, "oversight:prepare_minutes", pk=meeting.pk)
    offered = client.get(url).context["form"]["open_text"].value()
    assert offered == WHOLE.replace("Rosa", "A member").replace("Chidi", "A member")
    version = str(meeting.version)
    answer = post(client, url, open_text="Rosa came late.", version=version)
    assert answer.status_code == 422
    assert "Rosa" in answer.context["form"].passages
    answer = post(client, url, open_text=offered, version=version)
    assert answer.status_code == 302
    step = CommitteeStep.objects.within(agency).get()
    assert (step.open_text, step.text) == (offered, WHOLE)
    page = client.get(at(agency, "oversight:minutes", pk=meeting.pk))
    assert page.context["minutes"].proposal is not None
    assert page.context["minutes"].action is None


def test_a_second_click_adds_one_addendum(
    approved: ApprovedMinutes, committee_chair: Member, agency: Agency, login: Login
) -> None:
    client = login(committee_chair)
    url = at(agency, "oversight:add_to_minutes", pk=approved.meeting_id)
    form = client.get(url)
    sent = {"submission": form.context["form"]["submission"].value(), "text": "The large room."}
    for _time in range(2):
        assert client.post(url, sent).status_code == 302
    assert MinutesAddendum.objects.within(agency).count() == 1


def test_what_changed_while_it_is_decided_is_said(
    meeting: Meeting, committee_chair: Member, agency: Agency, login: Login
) -> None:
    prepare(meeting, committee_chair)
    url = at(agency, "oversight:minutes", pk=meeting.pk)
    client = login(committee_chair)
    before = len(client.get(url).context["minutes"].said)
    record_minutes(again(meeting), minutes="We met twice.", by=committee_chair)
    assert len(client.get(url).context["minutes"].said) == before + 1


def test_the_meeting_no_longer_offers_to_write_its_minutes(
    approved: ApprovedMinutes,
    unapproved: Meeting,
    committee_chair: Member,
    agency: Agency,
    login: Login,
) -> None:
    client = login(committee_chair)
    for held, offered in ((approved.meeting, False), (unapproved, True)):
        write = at(agency, "groups:minutes", pk=held.pk)
        page = text(client, at(agency, "groups:meeting", pk=held.pk))
        assert (write in page) == offered
        assert client.get(write).status_code == (200 if offered else 403)


def test_voting_members_are_reminded_and_all_readers_see_what_is_late(
    meeting: Meeting,
    committee: Group,
    committee_chair: Member,
    manager: Member,
    adopted: Adopted,
    agency: Agency,
    login: Login,
    time_machine: Callable[..., None],
) -> None:
    adopted(minutes_to_program=True)

    def waits(member: Member) -> list[str]:
        return [each.title for each in waiting(member, agency.today()) if "inutes" in each.title]

    assert waits(committee_chair) == []
    time_machine.move_to(now() + 26 * DAY)  # type: ignore[attr-defined]
    (title,) = waits(committee_chair)
    assert f"{meeting.on:%B} {meeting.on.day}, {meeting.on.year}" in title
    assert waits(manager) == []
    for member, duty in ((committee_chair, True), (manager, False)):
        page = login(member).get(at(agency, "oversight:committee"))
        assert page.context["late_minutes"] == 1
        hrefs = [each.href for each in page.context["page"].duties]
        assert (at(agency, "oversight:minutes_list") in hrefs) == duty


def test_pages_cost_few_queries(
    approved: ApprovedMinutes,
    unapproved: Meeting,
    committee_chair: Member,
    payer: Member,
    adopted: Adopted,
    agency: Agency,
    login: Callable[[Member], Client],
) -> None:
    adopted(minutes_to_program=True)
    for number in range(3):
        add_to_minutes(approved, text=f"It was room {number}.", by=committee_chair)
    for member in (committee_chair, payer):
        client = login(member)
        for page in PAGES[: 5 if member == committee_chair else 3]:
            meeting = unapproved if page == "prepare_minutes" else approved.meeting
            assert_budget(client, address(agency, page, meeting))
        assert_budget(client, at(agency, "oversight:committee"))
        assert_budget(client, at(agency, "groups:meeting", pk=approved.meeting_id))


def test_the_committee_decides_in_its_next_meeting(
    meeting: Meeting, committee_chair: Member, agency: Agency, login: Login
) -> None:
    """From the list to the agreement."""
    step = prepare(meeting, committee_chair)
    client = login(committee_chair)
    listed = client.get(at(agency, "oversight:minutes_list"))
    (line,) = listed.context["to_approve"]
    assert line.tone == "watch"
    decides.agree(step, by=committee_chair)
    listed = client.get(at(agency, "oversight:minutes_list"))
    assert (len(listed.context["to_approve"]), len(listed.context["approved"])) == (0, 1)
