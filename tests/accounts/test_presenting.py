"""What the page of a person shows, from its parts alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Invitation, Member, Pause
from accounts.presenting import MemberPage, MemberRights, member_page
from foundation.models import Agency

NOW = datetime(2026, 5, 4, 18, tzinfo=UTC)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
EVERYTHING = MemberRights(*[True] * 8)


def an_invitation(*, days: int = 5, email: str = "nora@example.org", **given: object) -> Invitation:
    ends = NOW + timedelta(days=days)
    return Invitation(pk=3, agency=AGENCY, email=email, expires_at=ends, **given)


def page(
    may: MemberRights = EVERYTHING,
    invitation: Invitation | None = None,
    *,
    pause: Pause | None = None,
    user: int | None = None,
) -> MemberPage:
    person = Member(pk=2, agency=AGENCY, shown_name="Nora", user_id=user)
    return member_page(person, may, NOW, invitation=invitation, pause=pause)


def ways(shown: MemberPage) -> list[str]:
    assert shown.sign_in is not None
    return [link.href.rsplit("/", 2)[-2] for link in shown.sign_in.links]


def test_who_may_only_read_is_offered_nothing() -> None:
    shown = page(MemberRights())
    assert (shown.naming, shown.standing, shown.roles, shown.leaving) == ([], [], [], [])
    assert (shown.sign_in, shown.access) == (None, None)


def test_who_may_do_everything_is_offered_everything() -> None:
    shown = page()
    assert [len(each) for each in (shown.naming, shown.standing, shown.roles)] == [2, 1, 1]
    assert len(shown.leaving) == 4
    assert shown.access is not None
    assert shown.access.words == ""


@pytest.mark.parametrize(
    ("given", "said", "usable"),
    [
        ({"sent_at": NOW}, "sent to nora@example.org on May 4, 2026", True),
        ({"given_up_at": NOW}, "could not be sent to nora@example.org", True),
        ({}, "is on its way", True),
        ({"email": ""}, "letter", True),
        ({"days": 0, "sent_at": NOW}, "has expired", False),
    ],
)
def test_an_invitation_says_how_it_stands_and_until_when_it_can_be_used(
    given: dict[str, object], said: str, usable: bool
) -> None:
    shown = page(invitation=an_invitation(**given))  # type: ignore[arg-type]
    assert shown.sign_in is not None
    assert said in shown.sign_in.words
    assert ("May 9, 2026" in shown.sign_in.words) == usable
    assert ("revoke" in ways(shown)) == usable


def test_a_letter_is_printed_while_it_can_be_used_and_an_e_mail_never() -> None:
    assert len(ways(page(invitation=an_invitation(email="")))) == 3
    assert len(ways(page(invitation=an_invitation(email="", days=-1)))) == 1
    assert len(ways(page(invitation=an_invitation()))) == 2


def test_one_is_invited_invited_again_or_helped() -> None:
    words = set()
    for shown in (page(), page(user=9), page(invitation=an_invitation(days=-1), user=9)):
        assert shown.sign_in is not None
        words.add(shown.sign_in.links[0].text)
    assert len(words) == 3


def test_a_pause_says_until_when_in_place_of_the_way_to_pause() -> None:
    pause = Pause(pk=4, agency=AGENCY, since=date(2026, 5, 1), until=date(2026, 5, 8))
    access, other = page(pause=pause).access, page().access
    assert access is not None
    assert other is not None
    assert "May 8, 2026" in access.words
    assert access.way != other.way
