"""A link to join a meeting: only by HTTPS, only for the people in the group."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from groups import actions
from groups.models import Group, Meeting
from tests.conftest import Login
from tests.groups.conftest import send
from tests.groups.test_feeds import give
from tests.groups.test_series import plan, rows

LINK = "https://video.example/j/123?pwd=abc"


@pytest.fixture
def online(coming: Meeting, chair: Member) -> Meeting:
    return actions.change_meeting(
        coming,
        starts_at=coming.starts_at,
        minutes_planned=60,
        place="Room 4",
        agenda="Tea.",
        remote_link=LINK,
        by=chair,
    )


@pytest.mark.parametrize(("who", "sees"), [("consumer", True), ("chair", True), ("manager", False)])
def test_only_people_in_the_group_see_the_link(
    who: str, sees: bool, online: Meeting, request: pytest.FixtureRequest, login: Login
) -> None:
    client = login(request.getfixturevalue(who))
    for name in ("meeting", "meeting_file"):
        page = client.get(at(online.agency, f"groups:{name}", pk=online.pk)).content.decode()
        assert ("video.example" in page.replace("\r\n ", "")) == sees


def test_the_private_calendar_has_it_only_if_the_person_wants_it(
    online: Meeting, consumer: Member
) -> None:
    for wanted in (False, True):
        text = Client().get(give(consumer, shows_place=wanted)).content.decode()
        assert ("video.example" in text.replace("\r\n ", "")) == wanted


@pytest.mark.parametrize(
    "link",
    [
        "http://video.example/j/1",
        "javascript:alert(1)",
        "https://",
        "data:text/html,x",
        "ftp://video.example",
        "https://me:secret@video.example/",
        "https://video.example/" + "x" * 300,
        "no link",
    ],
)
@pytest.mark.parametrize("page", ["plan_meeting", "plan_series"])
def test_another_address_is_refused(
    page: str, link: str, seated: Group, chair: Member, login: Login
) -> None:
    url = at(seated.agency, f"groups:{page}", pk=seated.pk)
    given = {"starts_at": "2027-03-01T10:00", "minutes_planned": "60", "remote_link": link}
    given |= {"rhythm": "weekly", "times": "3"}
    answer = send(login(chair), url, **given)
    assert answer.status_code == 422
    assert "remote_link" in answer.context["form"].errors
    assert not Meeting.objects.within(seated.agency).exists()


def test_the_database_holds_to_it(online: Meeting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.within(online.agency).update(remote_link="http://video.example/")


def test_a_series_has_it_on_each_date(seated: Group, chair: Member) -> None:
    first = rows(plan(seated, chair, 3))[0]
    starts = first.starts_at.astimezone(chair.agency.zone).replace(tzinfo=None)
    moved = actions.move_series(
        first, starts_at=starts, minutes_planned=60, place="", remote_link=LINK, by=chair
    )
    assert {each.remote_link for each in rows(moved)} == {LINK}
