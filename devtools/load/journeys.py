"""Who is there, and which pages each of them opens, by the links that the bench names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice

from devtools.bench.asking import asking_as, member_of_demo, session_of
from devtools.bench.pages import PAGES, address_of
from foundation.addresses import at
from foundation.models import Agency

# How many in fifty are each of the demo's people: half of them consumers.
CROWD = {
    "rosa": 22,
    "mei": 3,
    "femi": 10,
    "june": 6,
    "ada": 3,
    "aaron": 3,
    "paula": 2,
    "nadia": 1,
}
# Can sign in with a password and no second step.
PASSWORD = "river stone lamp"  # noqa: S105
WITH_PASSWORD = ("rosa", "mei", "nadia", "dan")
# The page with forms that open a message, and so mark it as read.
MESSAGES = "messages"
YARDSTICK = "bench"


@dataclass(frozen=True)
class LoadPage:
    """A page by its name among the figures."""

    name: str
    url: str


@dataclass(frozen=True)
class LoadPerson:
    """A session of somebody, and the pages that they open in turn."""

    session: str
    pages: tuple[LoadPage, ...]


def crowd(agency: Agency, people: int) -> list[LoadPerson]:
    """So many sessions of the demo's people, who begin at different pages."""
    journeys = {person: _journey(agency, person) for person in CROWD}
    found = []
    for number, person in enumerate(islice(_mixed(), people)):
        pages = journeys[person]
        begin = number % len(pages)
        session = session_of(member_of_demo(agency, person))
        found.append(LoadPerson(session, pages[begin:] + pages[:begin]))
    return found


def give_passwords(agency: Agency) -> list[str]:
    """Let some sign in with a password; their names at sign-in."""
    names = []
    for key in WITH_PASSWORD:
        user = member_of_demo(agency, key).user
        assert user is not None
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        names.append(user.email or user.member_name or "")
    return names


def _mixed() -> Iterator[str]:
    """The people in turns, each as often as the crowd says."""
    places = [
        ((number + 0.5) / often, person)
        for person, often in CROWD.items()
        for number in range(often)
    ]
    return cycle([person for _place, person in sorted(places)])


def _journey(agency: Agency, person: str) -> tuple[LoadPage, ...]:
    home = at(agency, "home_of")
    ask = cache(asking_as(session_of(member_of_demo(agency, person))))
    pages = [
        LoadPage(page.name, address_of(page, home, ask)) for page in PAGES if page.person == person
    ]
    if not any(page.url == home for page in pages):
        pages.insert(0, LoadPage("home.other", home))
    return (*pages, LoadPage(YARDSTICK, at(agency, "bench_page")))
