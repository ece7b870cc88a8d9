"""Who opens all that they may open cannot tell what somebody else keeps to themselves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

import pytest

from accounts.models import Member
from cells import secrecy
from cells.models import Ballot, PriorityRound
from dialogues.models import Contribution
from foundation import tenancy
from tests.browser.crawl import route_of
from tests.security.adversary import (
    Adversary,
    Leak,
    Seen,
    leaks,
    on_day,
    same_chance,
    signed_in,
    taken_back,
)
from tests.security.worlds import BASE, OTHER, SLUG, Secret, build

# In one process, so that each world is built once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("adversary")]

TODAY = date(2026, 9, 16)
# Who must not be able to tell: those who may see it by permission are left out.
GUESSING = {
    "standing": ("Rosa", "Chidi"),
    "declined pay": ("Rosa", "Chidi"),
    "ballot": ("Rosa",),
    "unnamed words": ("Femi",),
}

Enter = Callable[[str], Adversary]


@contextmanager
def world(secret: Secret) -> Iterator[Enter]:
    """The world with this secret, and how somebody enters it to guess."""
    with pytest.MonkeyPatch.context() as patch, same_chance(patch) as chance, taken_back():
        chance("world")
        people = build(secret, TODAY)

        def enter(person: str) -> Adversary:
            chance("sign in")
            return Adversary(signed_in(people[person]), SLUG, TODAY, chance)

        with on_day(TODAY), tenancy.entering(None):
            yield enter


@dataclass(frozen=True)
class Plant:
    """A fault that tells a secret: to whom, on which page (or address), and how it comes to be."""

    about: str
    person: str
    where: str
    plant: Callable[[pytest.MonkeyPatch], None]


def _may_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Member, "may", lambda member, permission: True)


def _compares(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("indicators.rules.comparing_days", lambda discreet, reader: None)


def _looks_into_the_box(patch: pytest.MonkeyPatch) -> None:
    """Whether *she* voted for the last idea is told as whether the reader voted."""

    def has_voted(ranking: PriorityRound, reader: Member) -> bool:
        xenia = Member.objects.within(reader.agency).get(display_name="Xenia")
        ballots = Ballot.objects.within(reader.agency).filter(round=ranking)
        ballot = ballots.get(code=secrecy.code(ranking, xenia))
        return ranking.entries.latest("pk").pk in ballot.choices

    patch.setattr(secrecy, "has_voted", has_voted)


def _names(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Contribution, "named", property(lambda words: True, lambda words, value: None))


HOME = f"/a/{SLUG}"
PLANTS = {
    "days of a discreet indicator are compared": Plant(
        "standing", "Rosa", f"{HOME}/indicators/membership/", _compares
    ),
    "lines of payment are shown to all": Plant(
        "declined pay", "Rosa", f"{HOME}/compensation/", _may_all
    ),
    "a vote tells how somebody voted": Plant("ballot", "Rosa", "cells:round", _looks_into_the_box),
    "unnamed words are shown with a name": Plant(
        "unnamed words", "Femi", "dialogues:unheard", _names
    ),
}


@dataclass(frozen=True)
class Visit:
    """What each person saw in a world, and what each planted fault told in it."""

    seen: dict[str, Seen]
    told: dict[str, Seen]


@cache
def visited(about: str) -> Visit:
    """The world in which this secret is another ("": none is), looked at once in a run."""
    plants = {name: each for name, each in PLANTS.items() if about in ("", each.about)}
    people = GUESSING.get(about) or dict.fromkeys(chain(*GUESSING.values()))
    visit = Visit({}, {})
    with world(OTHER.get(about, BASE)) as enter:
        for person in people:
            with taken_back():
                visit.seen[person] = enter(person).look()
        for name, each in plants.items():
            with taken_back(), pytest.MonkeyPatch.context() as patch:
                adversary = enter(each.person)
                each.plant(patch)
                seen = visit.seen[each.person]
                found = (url for url in seen if route_of(url) == f"{each.where}?")
                visit.told[name] = adversary.open(next(found, each.where))
    return visit


@pytest.mark.parametrize("about", GUESSING)
def test_nobody_can_tell_what_somebody_keeps_to_themselves(about: str) -> None:
    for person in GUESSING[about]:
        one, other = visited("").seen[person], visited(about).seen[person]
        assert len(one) > 100
        assert not leaks(one, other), as_text(person, leaks(one, other))


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_leak_is_found(name: str) -> None:
    plant = PLANTS[name]
    one, other = visited("").told[name], visited(plant.about).told[name]
    assert [answer.partition("\n")[0] for answer in [*one.values(), *other.values()]] == ["200"] * 2
    assert len(leaks(one, other)) == 1


def as_text(person: str, found: list[Leak]) -> str:
    return "\n".join(f"{person}: {each.page}: {each.what}\n{each.how}" for each in found)
