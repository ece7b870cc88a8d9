"""The commands for those who run an installation."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.models import Member, User
from foundation import tenancy
from foundation.models import Agency
from tests.conftest import Login

pytestmark = pytest.mark.django_db

GOOD = {
    "slug": "lakeside",
    "name": "Lakeside Center",
    "timezone": "America/Denver",
    "administrator": "Lee Lake",
    "email": "Lee@lakeside.example",
}


def test_the_command_founds_an_agency_with_its_administrator(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("found_agency", **GOOD)
    assert (
        "/account/login/ with a code that is sent to Lee@lakeside.example"
        in capsys.readouterr().out
    )
    agency = Agency.objects.get(slug="lakeside")
    with tenancy.entering(agency):
        (member,) = Member.objects.within(agency)
        assert member.user is not None
        assert member.user.email == "lee@lakeside.example"
        assert {str(role) for role in member.roles} == {"administrator"}


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("slug", "Lake side", "--slug: "),
        ("slug", "", "--slug: "),
        ("name", "", "--name: "),
        ("name", "x" * 200, "--name: "),
        ("timezone", "Mars/Olympus", "--timezone: Give a time zone such as America/New_York."),
        ("administrator", "", "--administrator: "),
        ("administrator", "x" * 61, "--administrator: "),
        ("email", "nonsense", "--email: "),
        ("email", "", "--email: "),
    ],
)
def test_what_is_wrong_is_said_on_one_line_and_nothing_is_written(
    option: str, value: str, words: str
) -> None:
    with pytest.raises(CommandError) as said:
        call_command("found_agency", **{**GOOD, option: value})
    line = str(said.value)
    assert words in line
    assert "\n" not in line
    assert Agency.objects.count() == 0
    assert User.objects.count() == 0


def test_a_name_that_is_taken_is_said() -> None:
    call_command("found_agency", **GOOD)
    with pytest.raises(CommandError, match=r"--slug: .* already exists"):
        call_command("found_agency", **GOOD)


def test_a_lost_second_factor_is_taken_away(administrator: Member, login: Login) -> None:
    login(administrator)
    call_command("reset_second_factor", email="Ada@riverside.example")
    assert not Authenticator.objects.filter(user=administrator.user).exists()
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("reset_second_factor", email="ada@riverside.example")
    with pytest.raises(CommandError, match="Nobody signs in with"):
        call_command("reset_second_factor", email="x@riverside.example")
