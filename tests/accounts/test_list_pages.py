"""The pages of a list of people: bring it, check it, invite, print; and open invitations."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, Member, PeopleList
from accounts.permissions import Role
from accounts.policies import REMINDER
from foundation import keys, tenancy
from foundation.addresses import at
from foundation.models import Agency
from tests.accounts.answers import send
from tests.accounts.people_lists import bring, invite, many, with_contacts
from tests.accounts.test_invitations import address
from tests.conftest import Enter, Login
from tests.measures.workbooks import workbook

TWO = "Name,E-mail,Role\nAna Ruiz,ana@home.example,Facilitator\nBen Ott,,\n"
IN_TWO_WAYS = "Ana,Ruiz,ana@home.example,1/2/1980\nBen,Ott,,3/4/1981\n"


@pytest.fixture(autouse=True)
def contacts(request: pytest.FixtureRequest) -> None:
    if "administrator" in request.fixturenames:
        request.getfixturevalue("agency")
        with_contacts(request.getfixturevalue("administrator"))


@pytest.fixture
def client(login: Login, administrator: Member) -> Client:
    return login(administrator)


def uploaded(client: Client, agency: Agency, **said: object) -> Any:
    page = at(agency, "accounts:bring_list")
    answer = client.get(page)
    key = re.search(r'name="submission" value="([^"]+)"', answer.content.decode())
    assert key is not None
    data = {"submission": key[1], "attested": "on", **said}
    return client.post(page, data)


def test_a_pasted_list_is_invited_in_three_pages(client: Client, agency: Agency) -> None:
    answer = uploaded(client, agency, pasted=TWO)
    people = PeopleList.objects.within(agency).get()
    page = at(agency, "accounts:people_list", pk=people.pk)
    assert answer["Location"] == page
    shown = client.get(page).content.decode()
    assert "Invite these 2 people" in shown
    people.refresh_from_db()
    answer = send(client, page, version=people.version, step="invite")
    assert answer["Location"] == at(agency, "accounts:list_sent", pk=people.pk)
    done = client.get(answer["Location"]).content.decode()
    assert "1 letter" in done or "the letter" in done
    letters = client.get(at(agency, "accounts:list_letters", pk=people.pk)).content.decode()
    assert "Ben O." in letters
    assert "Ana R." not in letters
    assert client.get(page)["Location"] == at(agency, "accounts:list_sent", pk=people.pk)


def test_a_file_is_read_like_a_pasted_list(client: Client, agency: Agency) -> None:
    data = workbook({"People": [["Name", "Phone"], ["Ana Ruiz", 5035550123]]})
    uploaded(client, agency, file=SimpleUploadedFile("people.xlsx", data))
    (row,) = PeopleList.objects.within(agency).get().rows
    assert (row["name"], row["phone"]) == ("Ana Ruiz", "5035550123")


def test_without_the_statement_nothing_is_taken_and_the_text_stays(
    client: Client, agency: Agency
) -> None:
    answer = uploaded(client, agency, pasted=TWO, attested="")
    assert answer.status_code == 422
    assert "ana@home.example" in answer.content.decode()
    assert not PeopleList.objects.within(agency).exists()
    for wrong in ({}, {"pasted": "\n"}, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1")}):
        assert uploaded(client, agency, **wrong).status_code == 422


def test_what_can_be_read_two_ways_is_asked_and_kept_nowhere(
    client: Client, agency: Agency
) -> None:
    answer = uploaded(client, agency, pasted=IN_TWO_WAYS)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert not PeopleList.objects.within(agency).exists()
    assert "1/2/1980" not in shown
    fields = dict(re.findall(r'name="(submission|table)" value="([^"]*)"', shown))
    table = fields["table"].replace("&quot;", '"')
    page = at(agency, "accounts:list_columns")
    sent = {"submission": fields["submission"], "table": table}
    assert client.post(page, sent).status_code == 422
    columns = {"column_0": "first", "column_1": "last", "column_2": "email"}
    twice = client.post(page, {**sent, **columns, "column_1": "first"})
    assert twice.status_code == 422
    answer = client.post(page, {**sent, **columns})
    people = PeopleList.objects.within(agency).get()
    assert answer["Location"] == at(agency, "accounts:people_list", pk=people.pk)
    assert [row["name"] for row in people.rows] == ["Ana Ruiz", "Ben Ott"]
    assert client.get(page)["Location"] == at(agency, "accounts:bring_list")
    assert client.post(page, {"table": "nonsense"})["Location"]


def test_cells_are_shown_as_text(client: Client, agency: Agency) -> None:
    answer = uploaded(client, agency, pasted="<b>Ana</b>,Ruiz\nBen,Ott\n")
    assert "<b>Ana</b>" not in answer.content.decode()


def test_rows_are_mended_where_they_stand(
    client: Client, agency: Agency, administrator: Member
) -> None:
    text = "Name,E-mail,Role\nAna Ruiz,ana@,King\n,ben@home.example,\nCy Dee,,\n"
    people = bring(text, administrator)
    page = at(agency, "accounts:people_list", pk=people.pk)
    answer = client.get(page)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert all(f'href="#id_r{at_}"' in shown for at_ in ("2_email", "2_role", "3_name"))
    assert "Invite" not in re.findall(r"<button[^>]*>([^<]*)<", shown)
    mended = {
        "r2_name": "Ana Ruiz",
        "r2_email": "ana@home.example",
        "r2_role": "payer",
        "r3_name": "",
        "r3_email": "ben@home.example",
        "r3_role": "",
        "r3_out": "on",
    }
    assert send(client, page, version=people.version, **mended)["Location"] == page
    assert "Invite these 2 people" in client.get(page).content.decode()
    people.refresh_from_db()
    send(client, page, version=people.version, step="invite")
    ana = Member.objects.within(agency).get(name="Ana Ruiz")
    assert ana.grants.get().role == Role.PAYER
    assert (
        not Member.objects.within(agency).filter(user=None).exclude(name__in=["Ana Ruiz", "Cy Dee"])
    )


def test_a_question_is_answered_by_the_administrator(
    client: Client, agency: Agency, administrator: Member
) -> None:
    people = bring("Name,E-mail\nAna,home@home.example\nBen,home@home.example\n", administrator)
    page = at(agency, "accounts:people_list", pk=people.pk)
    assert "Is this the same person?" in client.get(page).content.decode()
    send(client, page, version=people.version, r3_same="other")
    shown = client.get(page).content.decode()
    assert "somebody else uses this address" in shown
    assert "Invite these 2 people" in shown


def test_any_row_can_be_changed(client: Client, agency: Agency, administrator: Member) -> None:
    people = bring(TWO, administrator)
    page = at(agency, "accounts:people_list", pk=people.pk)
    assert 'id="id_r3_name"' in client.get(f"{page}?change=3").content.decode()


def test_a_second_page_that_is_stale_sends_nothing(
    client: Client, agency: Agency, administrator: Member
) -> None:
    people = bring(TWO, administrator)
    page = at(agency, "accounts:people_list", pk=people.pk)
    send(client, page, version=people.version, r3_name="Ben", r3_email="", r3_out="on")
    answer = send(client, page, version=people.version, step="invite")
    assert answer.status_code == 422
    assert not Invitation.objects.within(agency).exists()


def test_a_list_can_be_deleted_at_once(
    client: Client, agency: Agency, administrator: Member
) -> None:
    people = bring(TWO, administrator)
    page = at(agency, "accounts:people_list", pk=people.pk)
    send(client, page, version=people.version, step="discard")
    assert not PeopleList.objects.within(agency).exists()


def test_another_administrator_does_not_see_the_list(
    agency: Agency, administrator: Member, enter: Enter, login: Login
) -> None:
    other = enter("Otis", roles=(Role.ADMINISTRATOR,))
    people = bring(TWO, administrator)
    for name in ("people_list", "list_sent", "list_letters"):
        answer = login(other).get(at(agency, f"accounts:{name}", pk=people.pk))
        assert answer.status_code == 403
        assert "ana@home.example" not in answer.content.decode()


def test_what_is_missing_is_said_before_the_list_is_filled_in(db: None, login: Login) -> None:
    agency, head = actions.found_agency(
        slug="bare",
        name="Bare",
        timezone="America/New_York",
        administrator="Ada Bare",
        email="ada@bare.example",
        part2=False,
    )
    with tenancy.entering(agency):
        shown = login(head).get(at(agency, "accounts:bring_list")).content.decode()
        assert at(agency, "privacy:agreements") in shown
        assert at(agency, "safety:contacts") in shown
        assert "<textarea" not in shown


@pytest.fixture
def invited(agency: Agency, administrator: Member) -> list[Invitation]:
    invite(bring(many(4), administrator), administrator)
    sent = timezone.now() - REMINDER.span - timedelta(hours=1)
    mine = Invitation.objects.within(agency)
    mine.exclude(email="").update(sent_at=sent)
    mail.outbox.clear()
    return list(mine.order_by("pk"))


def ticked(
    client: Client, agency: Agency, what: str, rows: list[Invitation], step: str = "review"
) -> str:
    page = at(agency, "accounts:open_invitations")
    codes = [keys.code_of(each) for each in rows]
    answer = send(client, page, what=what, invitations=codes, step=step)
    shown: str = answer.content.decode()
    held = re.search(r'name="kept" value="([^"]*)"', shown)
    if held is not None:
        send(client, page, what=what, kept=held[1], step="confirm")
    return shown


def test_several_people_are_reminded_once_in_some_days(
    client: Client, agency: Agency, invited: list[Invitation]
) -> None:
    shown = ticked(client, agency, "remind", invited)
    assert "Remind 2 people" in shown
    assert "This invitation is a letter." in shown
    again = Invitation.objects.within(agency).exclude(reminded_at=None)
    assert again.count() == 2
    assert again.filter(sent_at=None).count() == 2
    again.update(sent_at=timezone.now())
    shown = ticked(client, agency, "remind", invited, step="all")
    assert "They got an e-mail a short time ago." in shown
    assert 'value="confirm"' not in shown


def test_expired_ones_are_sent_anew_and_printed_anew(
    client: Client, agency: Agency, invited: list[Invitation]
) -> None:
    past = timezone.now() - timedelta(hours=1)
    Invitation.objects.within(agency).update(expires_at=past)
    ticked(client, agency, "renew", invited)
    open_ = Invitation.objects.within(agency).open(timezone.now())
    assert set(open_.values_list("email", flat=True)) == {"p1@home.example", "p3@home.example"}
    ticked(client, agency, "print", invited)
    letters = client.get(at(agency, "accounts:letters")).content.decode()
    assert letters.count('class="app-letter"') == 2


def test_letters_that_work_are_printed_as_they_are(
    client: Client, agency: Agency, invited: list[Invitation]
) -> None:
    before = set(Invitation.objects.within(agency).values_list("pk", flat=True))
    ticked(client, agency, "print", invited)
    assert set(Invitation.objects.within(agency).values_list("pk", flat=True)) == before


def test_several_are_taken_back_at_once(
    client: Client, agency: Agency, invited: list[Invitation]
) -> None:
    ticked(client, agency, "withdraw", invited[:3])
    left = Invitation.objects.within(agency).unspent()
    assert [each.pk for each in left] == [invited[3].pk]


def test_nothing_ticked_is_said(client: Client, agency: Agency, invited: list[Invitation]) -> None:
    answer = send(client, at(agency, "accounts:open_invitations"), what="remind", step="review")
    assert answer.status_code == 422


def test_who_says_no_is_not_listed_and_not_reminded(
    client: Client, agency: Agency, invited: list[Invitation]
) -> None:
    nobody = Client()
    assert nobody.get(address(invited[1], "no/")).status_code == 200
    invited[1].refresh_from_db()
    assert invited[1].refused_at is None
    assert "won’t remind" in send(nobody, address(invited[1], "no/")).content.decode()
    assert nobody.get(address(invited[1])).status_code == 410
    assert invited[1].pk not in [each.pk for each in Invitation.objects.within(agency).unspent()]
    assert "Remind 1 person" in ticked(client, agency, "remind", invited)


def test_a_page_of_many_costs_as_many_queries_as_one_of_few(
    client: Client, agency: Agency, administrator: Member, django_assert_max_num_queries: Any
) -> None:
    for people in (bring(many(3), administrator), bring(many(400, 50), administrator)):
        with django_assert_max_num_queries(15):
            assert client.get(at(agency, "accounts:people_list", pk=people.pk)).status_code == 200
        invite(people, administrator)
    for name in ("open_invitations", "people"):
        with django_assert_max_num_queries(15):
            assert client.get(at(agency, f"accounts:{name}")).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(at(agency, "accounts:list_letters", pk=people.pk)).status_code == 200
