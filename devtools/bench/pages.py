"""The pages that are measured: who looks at which, and the links that lead there from home.

A way begins at home. Each step is the name of an address, of which the first link is followed, or
the name and a part of the link's words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from devtools.bench.asking import Ask, links_on

OK = 200
Step = str | tuple[str, str]


@dataclass(frozen=True)
class BenchedPage:
    """A page by its name among the figures, one of the demo's people, and the way from home."""

    name: str
    person: str
    way: tuple[Step, ...] = ()


def _page(name: str, person: str, *way: Step) -> BenchedPage:
    return BenchedPage(name, person, way)


CELL = ("cells:cells", ("cells:cell", "Planning Together"))
IDEA = (*CELL, "cells:opportunities", ("cells:opportunity", "Give people their plan"))
MEASURE = (*IDEA, "measures:measure")
DASHBOARD = ("help", "indicators:dashboard")
COMMITTEE = ("help", "oversight:committee")
REVIEW = (*COMMITTEE, "oversight:reviews", "oversight:review")
PAGES = (
    _page("home.consumer", "rosa"),
    _page("home.new", "mei"),
    _page("home.chair", "june"),
    _page("home.facilitator", "femi"),
    _page("home.administrator", "ada"),
    _page("home.approver", "aaron"),
    _page("messages", "rosa", "notifications:inbox"),
    _page("waiting", "femi", "notifications:waiting"),
    _page("calendar", "rosa", "groups:calendar"),
    _page("cells", "rosa", "cells:cells"),
    _page("board", "june", "cells:cells", "cells:board"),
    _page("cell", "rosa", *CELL),
    _page("cell.facilitator", "femi", *CELL),
    _page("ideas", "rosa", *CELL, "cells:opportunities"),
    _page("idea", "rosa", *IDEA),
    _page("plan", "rosa", *IDEA, "cells:plan"),
    _page("decision", "rosa", *IDEA, "groups:decision"),
    _page("meeting", "rosa", "groups:meeting"),
    _page("group", "rosa", "help", "groups:list", ("groups:group", "Board")),
    _page("group.people", "rosa", *CELL, "groups:people"),
    _page("dialogues", "rosa", "dialogues:have_your_say", "dialogues:dialogues"),
    _page("dialogue", "rosa", "dialogues:have_your_say", ("dialogues:dialogue", "Evening Circle")),
    _page("theme", "nadia", "dialogues:theme"),
    _page("story", "rosa", *IDEA, "dialogues:story"),
    _page("measures", "femi", "measures:measures"),
    _page("measure", "rosa", *MEASURE),
    _page("chart", "rosa", *MEASURE, "measures:chart"),
    _page("dashboard", "june", *DASHBOARD),
    _page("indicator", "june", *DASHBOARD, "indicators:indicator"),
    _page("payments", "rosa", "compensation:my_payments"),
    _page("approvals", "aaron", "compensation:payments"),
    _page("to_pay", "paula", "compensation:payments", "compensation:to_pay"),
    _page("ledger", "aaron", "compensation:payments", "compensation:ledger"),
    _page("people", "ada", "accounts:people"),
    _page("person", "ada", "accounts:people", ("accounts:member", "Aaron")),
    _page("me", "rosa", "accounts:me"),
    _page("settings", "ada", "settings"),
    _page("log", "ada", "accounts:activity"),
    _page("documents", "rosa", "help", "documents:list"),
    _page("document", "rosa", "help", "documents:list", "documents:document"),
    _page("committee", "june", *COMMITTEE),
    _page("review", "rosa", *REVIEW),
    _page("survey", "femi", "satisfaction:rounds", "satisfaction:results"),
)
# Files and pages for print.
FILES = (
    _page(
        "ledger.csv",
        "aaron",
        "compensation:payments",
        "compensation:ledger",
        "compensation:ledger_csv",
    ),
    _page("activity.csv", "ada", "accounts:activity", "accounts:activity_csv"),
    _page("board.csv", "june", "cells:cells", "cells:board", "cells:board_file"),
    _page("numbers.csv", "rosa", *MEASURE, "measures:numbers"),
    _page("packet.pdf", "rosa", *CELL, "cells:packet"),
)


class NoWay(Exception):
    """Raised for a step that no link on the page leads to; the message says which."""


def address_of(page: BenchedPage, home: str, ask: Ask) -> str:
    """Where the page is, by following links. NoWay: a page on the way has no such link."""
    here = home
    for step in page.way:
        answer = ask(here)
        if answer.status != OK:
            raise NoWay(f"{page.name}: {here} responds with {answer.status}.")
        name, words = (step, "") if isinstance(step, str) else step
        here = next(_leading(links_on(here, answer.body), name, words), "")
        if not here:
            raise NoWay(f"{page.name}: no link to {name} {words}".rstrip() + ".")
    return here


def _leading(links: Iterable[tuple[str, str]], name: str, words: str) -> Iterator[str]:
    for url, said in links:
        parts = urlsplit(url)
        try:
            found = resolve(parts.path).view_name
        except Resolver404:
            continue
        if found == name and words in said:
            yield parts._replace(scheme="", netloc="", fragment="").geturl()
