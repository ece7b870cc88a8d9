"""How several people take part, written down on one page."""

from uuid import uuid4

import pytest

from accounts import actions
from accounts.models import Member, Standing, StandingKind
from foundation import keys, tenancy
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Enter, Login, assert_budget


def field(member: Member) -> str:
    return f"kind_{keys.code_of(member)}"


def held(member: Member) -> list[str]:
    rows = Standing.objects.within(member.agency).filter(member=member)
    return list(rows.values_list("kind", flat=True))


def send(by: Member, login: Login, **said: str) -> int:
    url = at(by.agency, "accounts:how_they_take_part")
    sent = {"submission": str(uuid4()), **said}
    return int(login(by).post(url, sent).status_code)


def test_what_people_said_is_written_down_and_nothing_about_the_others(
    administrator: Member, agency: Agency, enter: Enter, login: Login
) -> None:
    rosa, priya, later = enter("Rosa"), enter("Priya"), enter("Later")
    known = enter("Known", StandingKind.PROVIDER)
    page = login(administrator).get(at(agency, "accounts:how_they_take_part")).content.decode()
    assert all(field(each) in page for each in (rosa, priya, later))
    assert field(known) not in page
    said = {field(rosa): "primary_consumer", field(priya): "provider", field(later): "not_asked"}
    mine = {field(administrator): "not_asked"}
    assert send(administrator, login, **said, **mine, **{field(known): "manager"}) == 302
    assert (held(rosa), held(priya)) == (["primary_consumer"], ["provider"])
    assert (held(later), held(known)) == ([], ["provider"])


def test_what_only_the_person_may_choose_is_not_offered(
    administrator: Member, agency: Agency, enter: Enter, login: Login
) -> None:
    rosa, silent = enter("Rosa"), enter("Silent")
    actions.prefer_not_to_say(by=silent)
    page = login(administrator).get(at(agency, "accounts:how_they_take_part")).content.decode()
    assert field(silent) not in page
    mine = {field(administrator): "not_asked"}
    assert send(administrator, login, **mine, **{field(rosa): "undisclosed"}) == 422
    assert held(rosa) == []


@pytest.mark.parametrize("person", ["consumer", "facilitator", "approver", "manager"])
def test_only_administrators_write_it(
    person: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(person)
    assert login(member).get(at(agency, "accounts:how_they_take_part")).status_code == 403
    assert send(member, login) == 403


def test_nobody_of_another_agency_is_on_it(
    administrator: Member, outsider: Member, login: Login
) -> None:
    with tenancy.entering(outsider.agency):
        theirs = field(outsider)
    url = at(administrator.agency, "accounts:how_they_take_part")
    assert theirs not in login(administrator).get(url).content.decode()


def test_its_queries_do_not_grow_with_people(
    administrator: Member, agency: Agency, enter: Enter, login: Login
) -> None:
    for number in range(12):
        enter(f"Person {number}")
    assert_budget(login(administrator), at(agency, "accounts:how_they_take_part"))
