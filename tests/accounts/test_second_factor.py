"""Members with power over money, people or settings use a second factor; others need none."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from accounts import actions
from accounts.adapters import SecondStepAdapter
from accounts.invitation_codes import code_of
from accounts.models import Member
from devtools.personas import BACKEND
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login


@pytest.mark.parametrize("who", ["administrator", "approver", "payer"])
def test_a_member_with_power_is_led_to_set_up_a_second_factor(
    who: str, request: pytest.FixtureRequest
) -> None:
    member: Member = request.getfixturevalue(who)
    assert member.user is not None
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    inside = at(member.agency, "home_of")
    answer = client.get(inside)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/second-factor/?next=")
    page = client.get(answer["Location"])
    assert b"second step" in page.content
    assert b"/account/2fa/totp/activate/" in page.content


@pytest.mark.parametrize("who", ["consumer", "facilitator", "committee_chair", "manager"])
def test_others_need_none(who: str, request: pytest.FixtureRequest) -> None:
    member: Member = request.getfixturevalue(who)
    assert member.user is not None
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    assert client.get(at(member.agency, "home_of")).status_code == 200


def test_a_session_that_passed_none_is_asked_again_once_one_is_set_up(
    administrator: Member, login: Login
) -> None:
    login(administrator)
    assert administrator.user is not None
    assert Authenticator.objects.filter(user=administrator.user).count() == 1
    client = Client()
    client.force_login(administrator.user, backend=BACKEND)
    explained = client.get(at(administrator.agency, "home_of"))
    answer = client.get(explained["Location"])
    assert answer["Location"] == "/account/2fa/reauthenticate/?next=%2Fa%2Friverside%2F"


def test_the_tests_login_passes_the_second_factor(administrator: Member, login: Login) -> None:
    assert login(administrator).get(at(administrator.agency, "home_of")).status_code == 200


def test_a_changed_key_still_reads_what_an_earlier_one_encrypted(settings: Settings) -> None:
    adapter = SecondStepAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one, as long as it has to be for a test"
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = []
    lost = adapter.decrypt(kept)
    assert lost not in {"", "JBSWY3DPEHPK3PXP", adapter.decrypt(kept)}


def test_an_invitation_outlives_a_change_of_the_key(
    agency: Agency, administrator: Member, settings: Settings
) -> None:
    member = actions.enter_member(
        by=administrator, name="N", display_name="N", since=agency.today()
    )
    invitation = actions.invite(member, by=administrator)
    code = code_of(invitation)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one, as long as it has to be for a test"
    assert code_of(invitation) == code
