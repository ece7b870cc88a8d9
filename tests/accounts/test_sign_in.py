"""Signing in: by e-mail, by name, by paper; nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts import actions
from accounts.models import Member, PrintedCode, User
from accounts.tasks import clear_sessions
from foundation.addresses import at
from foundation.models import Agency
from tests.accounts.answers import send
from tests.conftest import Login

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_paper(consumer: Member) -> tuple[User, list[str]]:
    """Rosa, without e-mail, and the codes on her sheet."""
    user = actions.make_user(member_name="rosa")
    consumer.user = user
    consumer.save()
    return user, actions.print_codes(user)


def sign_in_by_email(client: Client, email: str) -> str:
    client.post("/account/login/code/", {"email": email})
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    answer = client.post("/account/login/code/confirm/", {"code": code})
    return str(answer["Location"])


def test_a_code_by_e_mail_signs_in(consumer: Member, agency: Agency) -> None:
    client = Client()
    assert sign_in_by_email(client, "Rosa@riverside.example") == "/"
    assert client.get("/")["Location"] == at(agency, "home_of")


def test_who_leaves_the_password_empty_gets_a_code_by_e_mail(
    consumer: Member, agency: Agency
) -> None:
    client = Client()
    inside = at(agency, "cells:cells")
    answer = client.post(
        "/account/login/", {"login": "Rosa@riverside.example", "password": "", "next": inside}
    )
    assert answer["Location"].startswith("/account/login/code/confirm/")
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    assert client.post(answer["Location"], {"code": code})["Location"] == inside
    assert client.get(inside).status_code == 200


@pytest.mark.parametrize("name", ["rosa", "nobody", "rosa@", "", "@"])
def test_a_name_without_a_password_is_told_the_ways_there_are(
    name: str, on_paper: tuple[User, list[str]]
) -> None:
    answer = Client().post("/account/login/", {"login": name, "password": ""})
    errors = answer.context["form"].errors
    assert [*errors] == ["login" if "@" in name or not name else "password"]
    assert "Fill in “Password”" not in answer.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("page", "asked"), [("/account/login/code/", "email"), ("/account/login/", "login")]
)
def test_known_and_unknown_addresses_get_the_same_answer(
    page: str, asked: str, consumer: Member
) -> None:
    pages = []
    for email in ("rosa@riverside.example", "nobody@riverside.example"):
        client = Client()
        answer = client.post(page, {asked: email}, follow=True)
        assert [url.partition("?")[0] for url, _code in answer.redirect_chain] == [
            "/account/login/code/confirm/"
        ]
        pages.append(comparable(answer.content.decode().replace(email, "…")))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    on_paper: tuple[User, list[str]],
) -> None:
    user, _codes = on_paper
    user.set_password("river stone lamp")
    user.save()
    pages = []
    for name in ("rosa", "nobody"):
        answer = Client().post("/account/login/", {"login": name, "password": "wrong wrong wrong"})
        pages.append(comparable(answer.content.decode().replace(f'value="{name}"', "")))
    assert pages[0] == pages[1]


def test_a_forgotten_password_is_replaced_by_e_mail_and_tells_nobody(
    consumer: Member, agency: Agency
) -> None:
    pages = []
    for email in ("nobody@riverside.example", "rosa@riverside.example"):
        answer = Client().post("/account/password/reset/", {"email": email}, follow=True)
        pages.append(comparable(answer.content.decode()))
    assert pages[0] == pages[1]
    (link,) = re.findall(
        r"http://testserver(/account/password/reset/key/\S+)", str(mail.outbox[-1].body)
    )
    client = Client()
    form = client.get(link)["Location"]
    said = {"password1": "river stone lamp", "password2": "river stone lamp"}
    assert client.post(form, said).status_code == 302
    answer = client.post(
        "/account/login/", {"login": "rosa@riverside.example", "password": "river stone lamp"}
    )
    assert answer["Location"] == "/"


def comparable(page: str) -> str:
    """The page without what is random on every page."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]+"', "", page)


def test_nobody_signs_up_by_themselves() -> None:
    client = Client()
    for answer in (
        client.get("/account/signup/"),
        client.post("/account/signup/", {"email": "a@b.example", "password1": "river stone lamp"}),
    ):
        assert "invitation" in answer.content.decode()
    assert User.objects.count() == 0


def test_each_printed_code_signs_in_once(on_paper: tuple[User, list[str]], agency: Agency) -> None:
    _user, sheet = on_paper
    said = {"member_name": "Rosa ", "code": sheet[4].lower()}
    client = Client()
    assert client.post("/account/codes/", said)["Location"] == "/"
    assert client.get(at(agency, "home_of")).status_code == 200
    again = Client().post("/account/codes/", said)
    assert again.status_code == 422
    assert Client().post("/account/codes/", {**said, "code": sheet[5]}).status_code == 302


def test_an_unknown_name_and_a_wrong_code_get_the_same_answer(
    on_paper: tuple[User, list[str]],
) -> None:
    pages = []
    for name in ("rosa", "nobody"):
        answer = Client().post("/account/codes/", {"member_name": name, "code": "ABCD-EFGH"})
        assert answer.status_code == 422
        pages.append(comparable(answer.content.decode().replace(f'value="{name}"', "")))
    assert pages[0] == pages[1]


def test_codes_can_not_be_guessed_at_leisure(on_paper: tuple[User, list[str]]) -> None:
    _user, sheet = on_paper
    for _try in range(5):
        Client().post("/account/codes/", {"member_name": "rosa", "code": "ABCD-EFGH"})
    answer = Client().post("/account/codes/", {"member_name": "rosa", "code": sheet[0]})
    assert answer.status_code == 422
    assert "too often" in answer.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = Client().post("/account/codes/", {"member_name": "rosa", "code": sheet[0]})
    assert answer.status_code == 302


def test_the_database_holds_no_printed_code(on_paper: tuple[User, list[str]]) -> None:
    _user, sheet = on_paper
    rows = str(list(PrintedCode.objects.values()))
    assert not [code for code in sheet if code in rows]


def test_a_new_sheet_replaces_the_old_one(
    on_paper: tuple[User, list[str]], consumer: Member, login: Login
) -> None:
    user, old = on_paper
    client = login(consumer)
    assert client.get("/account/codes/print/").status_code == 200
    sheet = send(client, "/account/codes/print/")
    assert sheet.content.decode().count('class="app-code"') == 10
    assert actions.use_code("rosa", old[0]) is None
    assert user.printed_codes.count() == 10


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"member_name": "x" * 5000, "code": "y" * 5000},
        {"member_name": "\x00", "code": "\x00"},
        {"member_name": ["a", "b"], "code": ["c", "d"]},
    ],
)
def test_wrong_answers_are_explained(said: dict[str, object]) -> None:
    answer = Client().post("/account/codes/", said)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()


@pytest.mark.django_db(transaction=True)  # allauth reports a new authenticator on commit.
def test_an_administrator_signs_in_sets_up_an_app_and_then_needs_it(
    administrator: Member, agency: Agency
) -> None:
    client = Client()
    home = at(agency, "home_of")
    sign_in_by_email(client, "ada@riverside.example")
    assert client.get(home)["Location"].startswith("/account/second-factor/")
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    assert answer.status_code == 302
    assert client.get(home).status_code == 200
    # The same code is not requested again, neither on the next page nor at other checks.
    for page in (answer["Location"], "/account/email/", "/account/2fa/recovery-codes/generate/"):
        assert client.get(page).status_code == 200, page

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept

    later = Client()
    assert sign_in_by_email(later, "ada@riverside.example") == "/account/2fa/authenticate/"
    assert later.get(home).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        later.post("/account/2fa/authenticate/", {"code": code_now(secret)})
        assert later.get(home).status_code == 200


def test_turning_the_second_factor_off_closes_the_agency_s_pages_again(
    administrator: Member, agency: Agency, login: Login
) -> None:
    client = login(administrator)
    assert client.get(at(agency, "home_of")).status_code == 200
    app = Authenticator.objects.get(user=administrator.user, type=Authenticator.Type.TOTP)
    code = code_now(decrypt(app.data["secret"]))
    client.post("/account/2fa/reauthenticate/", {"code": code})
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get(at(agency, "home_of")).status_code == 302


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


@pytest.mark.parametrize("url", ["/account/ways/", "/account/agencies/"])
def test_account_pages_answer_for_everybody(url: str, consumer: Member, login: Login) -> None:
    assert login(consumer).get(url).status_code == 200
    assert Client().get(url)["Location"].startswith("/account/login/")


def test_mail_that_can_not_be_sent_is_no_error_page_and_tells_nobody(
    consumer: Member, settings: Settings
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        }
    }
    pages = []
    for email in ("rosa@riverside.example", "nobody@riverside.example"):
        answer = Client().post("/account/login/code/", {"email": email}, follow=True)
        assert answer.status_code == 200
        assert "send e-mail right now" in answer.content.decode()
        pages.append(comparable(answer.content.decode().replace(email, "…")))
    assert pages[0] == pages[1]


def test_codes_by_e_mail_are_not_sent_without_end(consumer: Member) -> None:
    for _time in range(3):
        Client().post("/account/login/code/", {"email": "rosa@riverside.example"})
    answer = Client().post("/account/login/code/", {"email": "rosa@riverside.example"})
    assert answer.status_code == 200
    assert "too often" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_passwords_can_not_be_guessed_at_leisure(consumer: Member) -> None:
    said = {"login": "rosa@riverside.example", "password": "wrong wrong wrong"}
    for _time in range(5):
        Client().post("/account/login/", said)
    assert consumer.user is not None
    consumer.user.set_password("river stone lamp")
    consumer.user.save()
    answer = Client().post("/account/login/", {**said, "password": "river stone lamp"})
    assert "too often" in answer.content.decode()


def test_invitations_can_not_be_tried_without_end() -> None:
    answers = [
        Client().post("/o/accounts/invitation/ABCD-ABCD-ABCD-ABCD/agree/").status_code
        for _time in range(31)
    ]
    assert set(answers[:30]) == {410}
    assert answers[30] == 429


@pytest.mark.promise("mail")
def test_e_mails_about_signing_in_name_no_agency_and_no_purpose(consumer: Member) -> None:
    for url in ("/account/login/code/", "/account/password/reset/"):
        for email in ("rosa@riverside.example", "nobody@home.example"):
            Client().post(url, {"email": email})
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        text = f"{message.subject} {message.body}".lower()
        assert not [word for word in ("cqi", "riverside", "health", "portal") if word in text]


def test_sessions_that_have_ended_are_cleared_away(consumer: Member, agency: Agency) -> None:
    client = Client()
    sign_in_by_email(client, "rosa@riverside.example")
    clear_sessions()
    assert UserSession.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        clear_sessions()
    assert UserSession.objects.count() == 0
    assert not Session.objects.exists()
