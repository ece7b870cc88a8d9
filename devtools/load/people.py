"""The people of the load test, in a process of their own: `python -m devtools.load.people PLAN`.

The plan is a file of JSON. For each phase one line of JSON is printed: for each kind of page its
milliseconds and what went wrong. locust replaces Python's sockets, threads and `time.sleep`, so
nothing of Django is here.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from locust import FastHttpUser, between, task
from locust.contrib.fasthttp import FastHttpSession
from locust.env import Environment

SIGN_IN = "/account/login/"
OPENED = "messages.open"
MESSAGES = "messages"
# What a sign-in came to.
RIGHT, WRONG, BUSY = "sign_in.right", "sign_in.wrong", "sign_in.busy"
MOST_SECONDS = 60.0
NONE: Mapping[str, str] = {}


@dataclass
class PageKind:
    """What one kind of page took, and what went wrong with it."""

    ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TimedAnswer:
    """A response: status 0 if there was none."""

    status: int
    page: str
    error: str
    ms: float


class PageTally:
    """What was asked for since the last phase began."""

    def __init__(self) -> None:
        self.kinds: dict[str, PageKind] = {}

    def note(self, name: str, answer: TimedAnswer, expected: int) -> None:
        kind = self.kinds.setdefault(name, PageKind())
        kind.ms.append(answer.ms)
        if answer.status != expected:
            kind.errors.append(f"{answer.status} {answer.error}".strip())

    def taken(self) -> dict[str, dict[str, list[Any]]]:
        kinds, self.kinds = self.kinds, {}
        return {name: {"ms": kind.ms, "errors": kind.errors} for name, kind in kinds.items()}


class Forms(HTMLParser):
    """The forms of a page: where each leads, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((said.get("action", ""), {}))
        elif tag == "input" and said.get("type") == "hidden" and self.found:
            self.found[-1][1][said["name"]] = said.get("value", "")


def forms_of(page: str) -> list[tuple[str, dict[str, str]]]:
    reader = Forms()
    reader.feed(page)
    return reader.found


ASKED = PageTally()
PLAN: dict[str, Any] = {}
_turns = count()


def networks() -> Iterator[str]:
    """Addresses of visitors, none of them twice in a long time."""
    for number in count():
        yield f"10.{number // 62_500 % 250}.{number // 250 % 250}.{number % 250 + 1}"


_networks = networks()


def _headers() -> dict[str, str]:
    return {"X-Forwarded-For": next(_networks), "Referer": PLAN["webs"][0]}


class Visitor(FastHttpUser):  # type: ignore[misc]
    """Somebody who opens one page after the other, and thinks in between."""

    abstract = False
    host = "http://localhost"
    connection_timeout = network_timeout = MOST_SECONDS

    def on_start(self) -> None:
        number = next(_turns)
        person = PLAN["people"][number % len(PLAN["people"])]
        self.web = PLAN["webs"][number % len(PLAN["webs"])]
        self.pages = person["pages"]
        self.turn = 0
        _keep(self.client, PLAN["session_cookie"], person["session"])
        time.sleep(random.uniform(0, PLAN["think"]))  # noqa: S311

    @task
    def next_page(self) -> None:
        page = self.pages[self.turn % len(self.pages)]
        self.turn += 1
        answer = _get(self.client, self.web + page["url"])
        ASKED.note(page["name"], answer, 200)
        if page["name"] == MESSAGES:
            self.open_message(answer.page)

    def open_message(self, page: str) -> None:
        """Open a message, which marks it as read."""
        forms = [form for form in forms_of(page) if form[0].endswith("/open/")]
        if not forms:
            return
        action, fields = random.choice(forms)  # noqa: S311
        ASKED.note(OPENED, _post(self.client, self.web + action, fields), 302)


def _get(client: FastHttpSession, url: str, headers: Mapping[str, str] = NONE) -> TimedAnswer:
    return _timed(client, "GET", url, headers=dict(headers))


def _post(
    client: FastHttpSession, url: str, fields: dict[str, str], headers: Mapping[str, str] = NONE
) -> TimedAnswer:
    sent = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    return _timed(client, "POST", url, data=urlencode(fields), headers=sent)


def _timed(client: FastHttpSession, method: str, url: str, **how: Any) -> TimedAnswer:
    began = time.monotonic()
    response = client.request(method, url, allow_redirects=False, **how)
    page = response.text or ""
    took = 1000 * (time.monotonic() - began)
    return TimedAnswer(
        response.status_code, page, str(getattr(response, "error", None) or ""), took
    )


def _keep(client: Any, name: str, value: str) -> None:
    """Put a cookie into the jar, for all ports of this host."""
    cookie = Cookie(
        0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None, True,
        None, None, {},
    )  # fmt: skip
    client.cookiejar.set_cookie(cookie)


def sign_in(environment: Environment, number: int) -> None:
    """Open the page, and send a password: every second one is right."""
    user = Visitor(environment)
    client: FastHttpSession = user.client
    web, headers = PLAN["webs"][number % len(PLAN["webs"])], _headers()
    page = _get(client, web + SIGN_IN, headers)
    ASKED.note("sign_in.page", page, 200)
    names, right = PLAN["names"], number % 2 == 0
    fields = next((fields for _action, fields in forms_of(page.page) if fields), {})
    name = names[number // 2 % len(names)] if right else f"nobody{number}@riverside.example"
    fields |= {"login": name, "password": PLAN["password"] if right else "wrong wrong wrong"}
    answer = _post(client, web + SIGN_IN, fields, headers)
    if answer.status == 503:
        ASKED.note(BUSY, answer, 503)
    else:
        ASKED.note(RIGHT if right else WRONG, answer, 302 if right else 200)
    client.client.close()


def storm(environment: Environment, a_second: float, over: threading.Event) -> None:
    """Begin so many sign-ins a second, whether or not the earlier ones are answered."""
    began = time.monotonic()
    for number in count():
        if over.wait(max(0, began + number / a_second - time.monotonic())):
            return
        threading.Thread(target=sign_in, args=(environment, number), daemon=True).start()


def main() -> None:
    PLAN.update(json.loads(Path(sys.argv[1]).read_text()))
    think = PLAN["think"]
    Visitor.wait_time = between(0.5 * think, 1.5 * think)
    environment = Environment(user_classes=[Visitor])
    runner = environment.create_local_runner()
    runner.start(len(PLAN["people"]), spawn_rate=len(PLAN["people"]))
    for phase in PLAN["phases"]:
        over = threading.Event()
        if phase["sign_ins"]:
            threading.Thread(target=storm, args=(environment, phase["sign_ins"], over)).start()
        time.sleep(phase["warm_up"])
        ASKED.taken()
        time.sleep(phase["seconds"])
        print(json.dumps({"phase": phase["name"], "kinds": ASKED.taken()}), flush=True)
        over.set()
    runner.quit()


if __name__ == "__main__":
    main()
