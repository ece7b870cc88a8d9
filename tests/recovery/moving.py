"""An agency's file in these tests, and its pages side by side with those of its copy."""

import io
import re
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.test import Client

from devtools.demo.database import DemoDatabase, looking_at
from devtools.parts import Parts
from foundation.keys import REGEX
from recovery import encryption
from recovery.moving import exporting, importing
from recovery.moving.exporting import ExportedAgency
from recovery.moving.importing import ImportedAgency
from recovery.moving.people import AboutPeople
from tests.browser.crawl import route_of
from tests.recovery import databases

# How many pages that differ only in their subject.
ALIKE = 1
# How many people look at the same kind of page.
BY_PEOPLE = 2
_DIFFERS = re.compile(
    rf"{REGEX}|(?<=name=\"csrfmiddlewaretoken\" value=\")\w+|(?<=nonce=\")[^\"]+"
    r"|(?<=X-CSRFToken&quot;: &quot;)\w+"
)


def exported(name: str, slug: str, public: str) -> tuple[bytes, ExportedAgency]:
    """The file of an agency, in memory."""
    out = io.BytesIO()
    with databases.owners(name) as connection:
        written = exporting.export(connection, slug, out, encryption.recipients([public]))
    return out.getvalue(), written


def imported(
    path: Path, name: str, private: str, *, slug: str = "", answers: AboutPeople | None = None
) -> ImportedAgency:
    """Import an agency into a database."""
    with databases.owners(name) as connection:
        return importing.import_agency(
            path,
            connection,
            encryption.identities(private),
            slug=slug,
            answers=answers or AboutPeople(),
        )


@dataclass(frozen=True)
class Seen:
    """A page: its address, its text without keys and chance, and the links on it, in order."""

    url: str
    status: int
    text: str
    links: tuple[str, ...]
    # The page and the link on it that led here.
    by: tuple[int, int]


def look(client: Client, url: str, slug: str, by: tuple[int, int]) -> Seen:
    answer = client.get(url, follow=True)
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    html = answer.text if is_page else ""
    parts = Parts()
    parts.feed(html)
    here = answer.request["PATH_INFO"]
    links = tuple(urljoin(here, each) for each in parts.links)
    text = _DIFFERS.sub("…", html).replace(f"/a/{slug}/", "/a/…/")
    return Seen(url, answer.status_code, text, links, by)


def signed_in(person: str) -> Client:
    client = Client()
    client.post("/demo/sign-in/", {"person": person})
    return client


def walked(
    database: str, slug: str, person: str, compared: Counter[str], most: int = 1000
) -> list[Seen]:
    """The pages that links lead this person to, in order; few that others looked at already."""
    home = f"/a/{slug}/"
    with looking_at(DemoDatabase(database, "")):
        client = signed_in(person)
        found, asked = list[Seen](), Counter[str]()
        seen, waiting = {home}, deque([(home, (-1, -1))])
        while waiting and len(found) < most:
            url, by = waiting.popleft()
            route = route_of(url)
            if asked[route] >= ALIKE or (found and compared[route] >= BY_PEOPLE):
                continue
            asked[route] += 1
            compared[route] += 1
            found.append(look(client, url, slug, by))
            for place, link in enumerate(found[-1].links):
                parts = urlsplit(link)
                to = parts._replace(fragment="").geturl()
                if not parts.netloc and parts.path.startswith(home) and to not in seen:
                    seen.add(to)
                    waiting.append((to, (len(found) - 1, place)))
        return found


def followed(database: str, slug: str, person: str, way: list[Seen]) -> list[Seen]:
    """The pages of another agency on the same way."""
    with looking_at(DemoDatabase(database, "")):
        client, found = signed_in(person), list[Seen]()
        for each in way:
            page, place = each.by
            url = f"/a/{slug}/" if page < 0 else found[page].links[place]
            found.append(look(client, urlsplit(url)._replace(fragment="").geturl(), slug, each.by))
        return found
