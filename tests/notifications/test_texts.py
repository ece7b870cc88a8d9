"""Texts: asked for by the person, confirmed, content-free, never at night, never lost."""

import json
import ssl
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_membership
from accounts.actions.away import come_back, go_away
from accounts.models import EmailLevel, Member
from devtools.texts import SentText, outbox
from foundation.addresses import at
from foundation.models import Agency, Event
from notifications import actions, gateway, notices, tasks
from notifications.actions.numbers import asked_number, live_number
from notifications.gateway import NotSentError, Webhook, signature
from notifications.models import Message, Often, Stopped, TextMessage, TextNumber, Unsent
from notifications.numbers import normalized
from notifications.policies import (
    QUIET_FROM,
    QUIET_UNTIL,
)
from notifications.quiet import is_quiet, loud_from
from notifications.topics import Topic
from notifications.waiting import waiting
from tests.conftest import Login

NUMBER = "+12125550123"
SECRET = "a secret of the gateway, long enough"
NOON = datetime(2026, 12, 1, 17, tzinfo=UTC)  # in New York
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def nothing_sent() -> Iterator[None]:
    outbox.clear()
    notices.register("test.news", "Something about %(title)s has moved on.")
    notices.register("test.paid", "Something was paid.", Topic.PAYMENTS)
    yield
    del notices._notices["test.news"]
    del notices._notices["test.paid"]


def on(member: Member, *, shared: bool = False, **chosen: Any) -> TextNumber:
    """Texts to the member, from an hour before now."""
    with time_machine.travel(timezone.now() - HOUR):
        asked = actions.ask_for_texts(number=NUMBER, shared=shared, by=member)
        TextMessage.objects.within(member.agency).filter(number=asked).update(
            sent_at=timezone.now()
        )
        actions.confirm_number(code=asked.code, by=member)
    if chosen:
        said = {"meetings": True, "payments": True, "messages": True, "often": Often.HOUR}
        said |= {"quiet_from": QUIET_FROM.value, "quiet_until": QUIET_UNTIL.value}
        actions.choose_texts(**{**said, "shared": shared, **chosen}, by=member)
    found = live_number(member)
    assert found is not None
    return found


def tell(member: Member, code: str = "test.news") -> None:
    actions.tell(member, code, subject=member)


def sent(agency: Agency) -> list[SentText]:
    tasks.send_texts(agency.pk)
    return list(outbox)


def test_texts_begin_with_a_code_from_the_phone(
    agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    assert at(agency, "notifications:texts") in client.get(at(agency, "accounts:me")).text
    client.post(
        at(agency, "notifications:text_number"),
        {"submission": uuid.uuid4(), "number": "(212) 555-0123", "who": "alone", "agree": "on"},
    )
    asked = asked_number(consumer)
    assert asked is not None
    (text,) = sent(agency)
    assert text.to == NUMBER
    assert asked.code in text.text
    page = at(agency, "notifications:text_code")
    # Whoever left the page to wait for the text finds the way back.
    assert page in client.get(at(agency, "notifications:texts")).text
    wrong = "111111" if asked.code != "111111" else "222222"
    assert client.post(page, {"submission": uuid.uuid4(), "code": wrong}).status_code == 422
    assert live_number(consumer) is None
    client.post(page, {"submission": uuid.uuid4(), "code": f" {asked.code[:3]} {asked.code[3:]}"})
    number = live_number(consumer)
    assert number is not None
    assert agency.date_of(number.confirmed_at) == agency.today()
    assert "0123" in client.get(at(agency, "notifications:texts")).text
    assert NUMBER not in client.get(at(agency, "notifications:texts")).text
    assert page not in client.get(at(agency, "notifications:texts")).text


@time_machine.travel(NOON)
def test_the_text_names_nothing_and_less_on_a_phone_that_others_read(
    agency: Agency, consumer: Member, second_consumer: Member
) -> None:
    on(consumer)
    on(second_consumer, shared=True)
    tell(consumer)
    tell(second_consumer)
    alone, shared = (each.text for each in sent(agency))
    assert shared == "You have a message."
    assert alone.startswith("You have a message.")
    assert "http" in alone
    for secret in (agency.name, agency.slug, "rosa", "consumer", "moved on", "cqi", "token"):
        assert secret.lower() not in alone.lower()
    assert len(alone) <= 160


@time_machine.travel(NOON)
def test_what_comes_within_the_hour_is_one_text_and_read_messages_are_none(
    agency: Agency, consumer: Member
) -> None:
    on(consumer)
    tell(consumer)
    tell(consumer)
    assert len(sent(agency)) == 1
    tell(consumer)
    with time_machine.travel(NOON + HOUR / 2):
        assert len(sent(agency)) == 1
        assert tasks.due_for_texts() == [agency.pk]
    with time_machine.travel(NOON + HOUR + HOUR / 60):
        assert len(sent(agency)) == 2
        assert tasks.due_for_texts() == []
        tell(consumer)
        actions.read_all(by=consumer)
    with time_machine.travel(NOON + 3 * HOUR):
        assert len(sent(agency)) == 2
    (event, *_others) = Event.objects.within(agency).filter(name="text.sent")
    assert (event.actor_id, event.data) == (None, {})


@time_machine.travel(NOON)
def test_one_a_day_is_by_the_day_where_the_agency_is(agency: Agency, consumer: Member) -> None:
    on(consumer, often=Often.DAY)
    tell(consumer)
    assert len(sent(agency)) == 1
    with time_machine.travel(NOON + 5 * HOUR):
        tell(consumer)
        assert len(sent(agency)) == 1
    with time_machine.travel(NOON + 21 * HOUR):  # nine in the morning
        assert len(sent(agency)) == 2


@time_machine.travel(NOON)
def test_only_what_the_person_chose_is_texted(agency: Agency, consumer: Member) -> None:
    on(consumer, meetings=False, messages=False)
    tell(consumer, "test.news")
    assert sent(agency) == []
    tell(consumer, "test.paid")
    assert len(sent(agency)) == 1


@time_machine.travel(NOON + 10 * HOUR)
def test_a_text_at_night_waits_for_the_morning(agency: Agency, consumer: Member) -> None:
    on(consumer)
    tell(consumer)
    assert sent(agency) == []
    with time_machine.travel(NOON + 21 * HOUR - timedelta(minutes=1)):
        assert sent(agency) == []
    with time_machine.travel(NOON + 21 * HOUR):
        tasks.sweep_texts()
    assert len(outbox) == 1


def test_quiet_hours_end_by_the_clock_when_clocks_change() -> None:
    zone = ZoneInfo("America/New_York")
    for night, hours in (("2026-03-07", 12), ("2026-10-31", 14), ("2026-11-29", 13)):
        evening = datetime.fromisoformat(f"{night}T20:00").replace(tzinfo=zone)
        morning = loud_from(evening, zone, 20, 9)
        assert morning - evening.astimezone(UTC) == hours * HOUR
        assert morning.astimezone(zone).hour == 9
    left_out = datetime(2026, 3, 8, 1, 30, tzinfo=zone)
    assert loud_from(left_out, zone, 20, 2).astimezone(zone).hour == 3
    twice = datetime(2026, 11, 1, 0, 30, tzinfo=zone)
    assert loud_from(twice, zone, 20, 1).astimezone(zone).fold == 0
    assert not any(is_quiet(twice + hour * HOUR, zone, 8, 8) for hour in range(24))


@pytest.mark.parametrize("written", ["212 555 0123", "1-212-555-0123", "+1 (212) 555-0123"])
def test_a_number_is_kept_in_one_form(written: str) -> None:
    assert normalized(written) == NUMBER


@pytest.mark.parametrize(
    "written",
    ["", "555 0123", "+44 7400 123456", "1-900-555-0123", "800 555 0123", "\x00", "9" * 99],
)
def test_a_number_that_gets_no_texts_is_not_taken(written: str) -> None:
    with pytest.raises(ValidationError):
        normalized(written)


@time_machine.travel(NOON)
def test_the_number_is_forgotten_when_texts_stop(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    number = on(consumer)
    tell(consumer)
    page = at(agency, "notifications:stop_texts")
    login(consumer).post(page, {"submission": uuid.uuid4()})
    number.refresh_from_db()
    assert (number.number, number.stopped_why) == ("", Stopped.PAGE)
    assert sent(agency) == []
    again = on(consumer)
    end_membership(consumer, on=agency.today(), by=administrator)
    again.refresh_from_db()
    assert (again.number, again.stopped_why) == ("", Stopped.LEFT)


@dataclass
class Server:
    """A gateway with a certificate of its own: what it was sent, and how it answers."""

    url: str = ""
    ca: str = ""
    answers: list[int] = field(default_factory=list)
    drops: int = 0
    pause: float = 0.1
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def texts(self, **options: Any) -> dict[str, Any]:
        known = {"url": self.url, "secret": SECRET, "private": True, "ca": self.ca}
        return {"BACKEND": "notifications.gateway.Webhook", "OPTIONS": {**known, **options}}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    made = datetime.now(UTC) - timedelta(days=1)
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made)
        .not_valid_after(made + timedelta(days=400))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem, private = tmp_path / "cert.pem", tmp_path / "key.pem"
    pem.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    found = Server(ca=str(pem))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((dict(self.headers), body))
            for _ in range(found.drops):
                # Each byte is there in time, all of them never.
                self.wfile.write(b"H")
                time.sleep(found.pause)
            self.send_response(found.answers.pop(0) if found.answers else 202)
            self.send_header("Location", "https://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    found.url = f"https://127.0.0.1:{listening.server_address[1]}/send"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    listening.shutdown()
    listening.server_close()
    thread.join()


def test_the_gateway_gets_a_signed_text_under_the_same_key_until_it_takes_it(
    agency: Agency, consumer: Member, server: Server, settings: Any
) -> None:
    settings.TEXTS = server.texts()
    server.answers = [503, 302]
    number = on(consumer, quiet_from=0, quiet_until=0)
    tell(consumer)
    tasks.send_texts(agency.pk)
    text = TextMessage.objects.within(agency).get(number=number, kind="news")
    for tried in (1, 2):
        assert (text.sent_at, text.attempts) == (None, tried)
        with time_machine.travel(text.try_at):
            tasks.sweep_texts()
        text.refresh_from_db()
    assert text.sent_at is not None
    assert {json.loads(body)["id"] for _headers, body in server.got} == {str(text.key)}
    headers, body = server.got[-1]
    assert headers["Idempotency-Key"] == str(text.key)
    assert headers["Portal-Signature"] == signature(SECRET, headers["Portal-Time"], body)
    assert json.loads(body)["to"] == NUMBER
    assert len(server.got) == 3


@pytest.mark.parametrize(("answer", "why"), [(422, Stopped.UNREACHABLE), (410, Stopped.REPLY)])
def test_a_number_that_gets_no_texts_is_told_to_its_owner(
    answer: int, why: Stopped, agency: Agency, consumer: Member, server: Server, settings: Any
) -> None:
    settings.TEXTS = server.texts()
    server.answers = [answer]
    consumer.email_level = EmailLevel.NONE
    consumer.save()
    number = on(consumer, quiet_from=0, quiet_until=0)
    tell(consumer)
    tasks.send_texts(agency.pk)
    number.refresh_from_db()
    assert (number.number, number.stopped_why) == ("", why)
    mine = Message.objects.within(agency).filter(member=consumer)
    assert mine.filter(code__startswith="texts.", subject_id=number.pk).count() == 1


@time_machine.travel(NOON)
def test_a_gateway_that_takes_nothing_is_told_to_administrators(
    agency: Agency, administrator: Member, consumer: Member, settings: Any, login: Login
) -> None:
    closed = {"url": "https://127.0.0.1:9/", "secret": SECRET, "private": True}
    settings.TEXTS = {"BACKEND": "notifications.gateway.Webhook", "OPTIONS": closed}
    number = on(consumer)
    tell(consumer)
    tasks.send_texts(agency.pk)
    TextMessage.objects.within(agency).filter(number=number, kind="news").update(
        attempts=7, try_at=NOON
    )
    tasks.send_texts(agency.pk)
    text = TextMessage.objects.within(agency).get(number=number, kind="news")
    assert text.given_up_why == Unsent.TRIES
    page = at(agency, "notifications:text_sending")
    titles = [each.url for each in waiting(administrator, agency.today())]
    assert page in titles
    assert page not in [each.url for each in waiting(consumer, agency.today())]
    shown = login(administrator).get(page).text
    assert consumer.display_name not in shown
    assert login(consumer).get(page).status_code == 403


def test_texts_go_to_public_addresses_over_https_only(server: Server) -> None:
    with pytest.raises(NotSentError):
        Webhook(server.url, SECRET, ca=server.ca).send(key="1", to=NUMBER, text="")
    with pytest.raises(ssl.SSLError):
        Webhook(server.url, SECRET, private=True).send(key="1", to=NUMBER, text="")
    for inside in ("[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "169.254.169.254", "[fe80::1]", "0"):
        with pytest.raises(NotSentError):
            Webhook(f"https://{inside}/", SECRET).send(key="1", to=NUMBER, text="")
    for wrong in ("http://gateway.example/", "https://a:b@gateway.example/", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="https"):
            Webhook(wrong, SECRET)
    assert server.got == []


def test_a_gateway_that_answers_drop_by_drop_is_given_up_in_time(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "SECONDS", 0.4)
    server.drops = 60
    began = time.monotonic()
    with pytest.raises(OSError, match=r"slow|timed out"):
        Webhook(server.url, SECRET, private=True, ca=server.ca).send(key="1", to=NUMBER, text="")
    assert time.monotonic() - began < server.drops * server.pause / 2


def report(told: object, *, secret: str = SECRET, late: int = 0) -> int:
    body = json.dumps(told).encode()
    seconds = str(int(timezone.now().timestamp()) - late)
    return (
        Client()
        .post(
            reverse("notifications_open:text_report"),
            body,
            content_type="application/json",
            headers={"Portal-Time": seconds, "Portal-Signature": signature(secret, seconds, body)},
        )
        .status_code
    )


@time_machine.travel(NOON)
def test_stop_from_the_phone_ends_texts_and_other_replies_are_not_kept(
    agency: Agency, consumer: Member, settings: Any
) -> None:
    settings.TEXTS = {"BACKEND": "devtools.texts.Folder", "OPTIONS": {"secret": SECRET}}
    number = on(consumer)
    stop = {"event": "reply", "from": "(212) 555-0123", "text": " Stop. "}
    assert report(stop, secret="another secret") == 403
    assert report(stop, late=1000) == 403
    assert report({"event": "reply", "from": NUMBER, "text": "Who is this?"}) == 204
    broken: tuple[object, ...] = ({}, [], "x", {"event": "failed", "id": "none"})
    assert {report(each) for each in broken} == {400}
    assert report({"event": "failed", "id": str(uuid.uuid4())}) == 204
    assert {report({**stop, "from": each}) for each in ("", "Rosa", "12", None)} == {422}
    number.refresh_from_db()
    assert number.stopped_at is None
    assert report(stop) == 204
    assert report(stop) == 204
    number.refresh_from_db()
    assert (number.number, number.stopped_why) == ("", Stopped.REPLY)


@time_machine.travel(NOON)
def test_a_text_that_did_not_arrive_ends_texts_to_its_number(
    agency: Agency, consumer: Member, settings: Any
) -> None:
    settings.TEXTS = {"BACKEND": "devtools.texts.Folder", "OPTIONS": {}}
    number = on(consumer)
    tell(consumer)
    (text,) = sent(agency)
    settings.TEXTS = {"BACKEND": "devtools.texts.Folder", "OPTIONS": {"secret": SECRET}}
    assert report({"event": "failed", "id": text.key}) == 204
    number.refresh_from_db()
    assert number.stopped_why == Stopped.UNREACHABLE


def test_without_a_gateway_nobody_is_offered_texts(
    agency: Agency, consumer: Member, settings: Any, login: Login
) -> None:
    settings.TEXTS = None
    client, page = login(consumer), at(agency, "notifications:texts")
    assert page not in client.get(at(agency, "accounts:me")).text
    assert client.get(page).status_code == 403
    assert tasks.due_for_texts() == []
    assert report({"event": "reply"}) == 404


@time_machine.travel(NOON)
def test_what_came_while_somebody_was_away_is_not_texted(agency: Agency, consumer: Member) -> None:
    on(consumer)
    go_away(consumer, since=agency.today(), until=None, by=consumer)
    tell(consumer)
    assert sent(agency) == []
    actions.tell(consumer, "change.way", subject=consumer)
    assert len(sent(agency)) == 1
    with time_machine.travel(NOON + 26 * HOUR):
        come_back(consumer, by=consumer)
        assert len(sent(agency)) == 1
        tell(consumer)
        assert len(sent(agency)) == 2
