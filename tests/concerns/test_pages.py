"""The pages of the channel, one after another, by the people who use them; and nobody else."""

import re
from base64 import b64decode
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member
from concerns import opened
from concerns.models import Concern, KeyHolder
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from tests.concerns.conftest import SAID, CodedReader, Send
from tests.conftest import Login

pytestmark = pytest.mark.django_db
Readers = tuple[CodedReader, CodedReader, CodedReader]


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def hidden(response: Any, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', text_of(response))


def get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return text_of(response)


def send(client: Client, url: str, **data: Any) -> Any:
    """Send the form of a page with its keys."""
    (key, *_more) = re.findall(r'name="submission" value="([^"]+)"', get(client, url))
    return client.post(url, {"submission": key, **data})


def write_to(client: Client, agency: Agency, *named: KeyHolder, text: str = SAID) -> Any:
    """Go through the pages of writing; return the last one."""
    url = at(agency, "concerns:write")
    get(client, url)
    page = client.post(url, {"not_readers": [code_of(each) for each in named]})
    if "seal" not in text_of(page):
        return page
    sent = {"not_readers": hidden(page, "not_readers"), "seal": hidden(page, "seal")[0]}
    return client.post(url, {**sent, "text": text})


def code_in(page: Any) -> str:
    found = re.search(r'app-code">([^<]+)<', text_of(page))
    assert found
    return found[1]


def enter(client: Client, reader: CodedReader) -> None:
    agency = reader.member.agency
    response = client.post(at(agency, "concerns:enter_code"), {"code": reader.code})
    assert response.status_code == 302


def answer_page(code: str, **act: str) -> Any:
    """As the writer reads it later: signed in nowhere."""
    url = reverse("concerns_open:answer")
    return Client().post(url, {"code": code, **act})


def test_a_member_is_asked_begins_and_sees_their_code_once(
    outside: None, committee_chair: Member, dana: Member, login: Login, agency: Agency
) -> None:
    chair, asked = login(committee_chair), login(dana)
    assert asked.get(at(agency, "concerns:own")).status_code == 404
    today = agency.today()
    response = send(
        chair,
        at(agency, "concerns:ask_reader"),
        member=code_of(dana),
        trained_on=today.isoformat(),
    )
    assert response.status_code == 302, text_of(response)
    assert "Say yes" in get(asked, at(agency, "concerns:own"))
    url = at(agency, "concerns:begin")
    assert send(asked, url).status_code == 422
    page = send(asked, url, shown="on")
    code = re.sub(r"\D", "", code_in(page))
    assert len(code) == 16
    assert code not in re.sub(r"\D", "", get(asked, at(agency, "concerns:own")))
    holder = KeyHolder.objects.within(agency).get(member=dana)
    enter(asked, CodedReader(dana, code))
    assert holder.shown_since == today


@pytest.mark.promise("concerns")
def test_the_form_shows_who_will_read_and_leaves_out_who_was_named(
    readers: Readers, consumer: Member, login: Login, agency: Agency
) -> None:
    client = login(consumer)
    assert "Luis" in get(client, at(agency, "concerns:channel"))
    luis = readers[2].holder
    url = at(agency, "concerns:write")
    page = text_of(client.post(url, {"not_readers": [code_of(luis)]}))
    shown = page.partition("These people will read it")[2].partition("<form")[0]
    assert "Chidi" in shown
    assert "Dana" in shown
    assert "Luis" not in shown
    assert "weather.gov" in page
    sent = write_to(client, agency, luis)
    assert code_in(sent)
    concern = Concern.objects.within(agency).get()
    assert {seal.holder.member for seal in concern.seals.all()} == {
        readers[0].member,
        readers[1].member,
    }


def test_who_names_all_readers_sees_only_the_contacts(
    readers: Readers, consumer: Member, login: Login, agency: Agency
) -> None:
    page = write_to(login(consumer), agency, readers[0].holder, readers[1].holder)
    assert "555-0142" in text_of(page)
    assert "<textarea" not in text_of(page)
    assert not Concern.objects.within(agency).exists()


def test_without_readers_there_is_no_form_only_the_contacts(
    outside: None, consumer: Member, login: Login, agency: Agency
) -> None:
    client = login(consumer)
    for name in ("concerns:channel", "concerns:write"):
        page = get(client, at(agency, name))
        assert "555-0142" in page
        assert '<form method="post"' not in page.partition("<main")[2].partition("</main")[0]


def test_two_readers_read_reply_and_take_it_on_and_the_writer_follows_it_by_code(
    readers: Readers, consumer: Member, login: Login, agency: Agency
) -> None:
    code = code_in(write_to(login(consumer), agency))
    chidi, dana, _luis = readers
    one, other = login(chidi.member), login(dana.member)
    concern = Concern.objects.within(agency).get()
    url = at(agency, "concerns:concern", key=concern.pk)
    assert "Enter your reading code" in get(one, url)
    enter(one, chidi)
    assert "I am ready to read" in get(one, url)
    come = at(agency, "concerns:come", key=concern.pk)
    assert one.post(come).status_code == 302
    page = get(one, url)
    assert "Look again" in page
    assert SAID not in page
    enter(other, dana)
    assert other.post(come).status_code == 302
    assert SAID in get(one, url)
    assert SAID in get(other, url)
    for name in ("reply", "note"):
        said = send(one, at(agency, f"concerns:{name}", key=concern.pk), text=f"My {name}.")
        assert said.status_code == 302
    seen = text_of(answer_page(code))
    assert SAID in seen
    assert "My reply." in seen
    assert "My note." not in seen
    assert "Dana read it" in seen
    assert "Luis has not read it yet" in seen
    take = at(agency, "concerns:take_on", key=concern.pk)
    assert one.get(take).status_code == 403
    assert "I no longer agree" in text_of(answer_page(code, act="agree"))
    assert send(one, take, to="rights").status_code == 302
    assert "They must answer by" in text_of(answer_page(code))
    hear = at(agency, "concerns:hear_back", key=concern.pk)
    assert send(one, hear, text="The hours are back.").status_code == 302
    assert "not handed it in yet" in text_of(answer_page(code, act="complain"))
    hand = at(agency, "concerns:hand_in", key=concern.pk)
    assert send(other, hand).status_code == 302
    assert "handed it in as a formal" in text_of(answer_page(code))
    more = text_of(answer_page(code, act="add", text="Thank you."))
    assert "The hours are back." in more
    assert "Thank you." in get(other, url)
    assert send(one, at(agency, "concerns:close", key=concern.pk)).status_code == 302
    assert "The readers have closed it" in text_of(answer_page(code, act="add", text="Again."))
    assert "Again." not in get(other, url)


def test_passing_on_is_offered_and_done(
    readers: Readers, send_concern: Send, login: Login, agency: Agency
) -> None:
    chidi, dana, luis = readers
    sent = send_concern()
    third = login(luis.member)
    page = send(third, at(agency, "concerns:renew"))
    luis.code = re.sub(r"\D", "", code_in(page))
    url = at(agency, "concerns:concern", key=sent.concern.pk)
    assert "Ask another reader to pass it on" in get(third, url)
    one = login(chidi.member)
    enter(one, chidi)
    one.post(at(agency, "concerns:come", key=sent.concern.pk))
    dana.comes(sent.concern)
    assert "Pass it on to Luis" in get(one, url)
    pass_on = at(agency, "concerns:pass_on", key=sent.concern.pk, pk=luis.holder.pk)
    assert send(one, pass_on).status_code == 302
    enter(third, luis)
    third.post(at(agency, "concerns:come", key=sent.concern.pk))
    assert SAID in get(third, url)


def test_the_sheet_is_made_and_used_on_its_pages(
    readers: Readers, send_concern: Send, login: Login, agency: Agency
) -> None:
    chidi, dana, _luis = readers
    one = login(chidi.member)
    code = re.sub(r"\D", "", code_in(send(one, at(agency, "concerns:sheet"))))
    sent = send_concern()
    assert "Mae Whitlock" in get(one, at(agency, "concerns:channel"))
    for each in (chidi, dana):
        page = send(login(each.member), at(agency, "concerns:renew"))
        each.code = re.sub(r"\D", "", code_in(page))
    used = one.post(at(agency, "concerns:use_sheet"), {"code": code})
    assert used.status_code == 200
    enter(one, chidi)
    one.post(at(agency, "concerns:come", key=sent.concern.pk))
    dana.comes(sent.concern)
    assert SAID in get(one, at(agency, "concerns:concern", key=sent.concern.pk))


def test_the_entered_code_lives_for_minutes_and_in_two_halves(
    readers: Readers, send_concern: Send, login: Login, agency: Agency
) -> None:
    chidi, dana, _luis = readers
    sent = send_concern()
    client = login(chidi.member)
    enter(client, chidi)
    cookie = client.cookies[opened.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert int(cookie["max-age"]) == 15 * 60
    private = chidi.key().private
    kept = client.session[opened.SESSION]
    for half in (kept["half"], cookie.value):
        assert b64decode(half) != private
    session = client.session
    session[opened.SESSION] = {**kept, "until": timezone.now().isoformat()}
    session.save()
    url = at(agency, "concerns:concern", key=sent.concern.pk)
    assert "Enter your reading code" in get(client, url)
    enter(client, chidi)
    del client.cookies[opened.COOKIE]
    assert "Enter your reading code" in get(client, url)
    enter(client, chidi)
    client.cookies[opened.COOKIE] = dana.code
    assert "Enter your reading code" in get(client, url)


def test_stopping_for_now_closes_the_key(
    readers: Readers, send_concern: Send, login: Login, agency: Agency
) -> None:
    chidi, dana, _luis = readers
    sent = send_concern()
    one, other = login(chidi.member), login(dana.member)
    come = at(agency, "concerns:come", key=sent.concern.pk)
    for client, reader in ((one, chidi), (other, dana)):
        enter(client, reader)
        client.post(come)
    url = at(agency, "concerns:concern", key=sent.concern.pk)
    assert SAID in get(one, url)
    assert send(other, at(agency, "concerns:forget_code")).status_code == 302
    assert SAID not in get(one, url)
    assert SAID not in get(other, url)


@pytest.mark.promise("concerns")
def test_nobody_but_a_reader_of_it_knows_a_concern(
    readers: Readers,
    nia: Member,
    send_concern: Send,
    login: Login,
    agency: Agency,
    administrator: Member,
    manager: Member,
    provider: Member,
    consumer: Member,
    outsider: Member,
) -> None:
    luis = readers[2]
    sent = send_concern(not_readers=[luis.holder])
    names = ("concern", "come", "reply", "note", "take_on", "hear_back", "hand_in", "close")
    urls = [at(agency, f"concerns:{name}", key=sent.concern.pk) for name in names]
    urls.append(at(agency, "concerns:pass_on", key=sent.concern.pk, pk=luis.holder.pk))
    for member in (administrator, manager, provider, consumer, nia, outsider, luis.member):
        client = login(member)
        if member == luis.member:
            enter(client, luis)
        for url in urls:
            answer = client.get(url) if url == urls[0] else client.post(url)
            assert answer.status_code == 404, (member, url)
        if member == luis.member:
            assert str(sent.concern.pk) not in get(client, at(agency, "concerns:reading"))
            continue
        for name in (
            "own",
            "begin",
            "renew",
            "stop",
            "sheet",
            "use_sheet",
            "reading",
            "enter_code",
        ):
            assert client.get(at(agency, f"concerns:{name}")).status_code == 404, (member, name)
    for member in (administrator, manager, provider, consumer, outsider):
        assert login(member).get(at(agency, "concerns:readers")).status_code == 404


def test_a_wrong_receipt_finds_nothing(send_concern: Send, readers: Readers) -> None:
    send_concern()
    response = answer_page("2345-6789-ABCD-EFGH")
    assert response.status_code == 422
    assert SAID not in text_of(response)
