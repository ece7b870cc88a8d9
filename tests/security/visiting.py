"""The adversaries in the twin worlds, and everything each of them sees there."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import Member
from foundation import keys, tenancy
from tests.security.adversary import (
    OUTSIDE,
    Adversary,
    Seen,
    on_day,
    same_chance,
    signed_in,
    taken_back,
    without_chance,
)
from tests.security.secrecy import Asked, Secrets
from tests.security.worlds import DAY, DAYS, SLUG, World, begin, night

TODAY = date(2026, 9, 16)


@dataclass(frozen=True)
class Persona:
    """Somebody who opens all that they may open; `knows`: secrets their office includes.

    `alike`: how many similar addresses they open; fewer if they may open very many.
    """

    what: str
    knows: frozenset[str] = frozenset()
    why: str = ""
    alike: int = 2


NOBODY = "nobody"
PERSONAS = {
    "Rosa": Persona("uses services, in the council, the cell and the dialogue"),
    "Chidi": Persona("sits on the oversight committee"),
    "Nora": Persona("takes notes in the council"),
    "Mona": Persona("answers for management"),
    "Otto": Persona("has an account, but no seat"),
    NOBODY: Persona("has no account"),
    "Aaron": Persona(
        "approves payments",
        frozenset({"standing", "pay"}),
        "Who is paid uses services; what is approved is what people chose to be paid.",
    ),
    "Paula": Persona(
        "pays",
        frozenset({"standing", "pay"}),
        "Who is paid uses services; what is paid is what people chose to be paid.",
    ),
    "Femi": Persona(
        "facilitates the cell and the dialogue",
        frozenset({"standing"}),
        "Facilitators see standings, and each look is on record.",
        alike=1,
    ),
    "Faye": Persona(
        "facilitates the small table, and was asked by Sam to contact him",
        frozenset({"standing", "contact", "consents"}),
        "Besides standings, those who are asked know by whom, and those who lead know each other.",
        alike=1,
    ),
    "Ada": Persona(
        "is the administrator, and asked Zed to sit in the council",
        frozenset({"standing", "offer", "apart"}),
        "Administrators write standings down, and who must not meet; whoever offers a seat is told "
        "the answer.",
        alike=1,
    ),
}

# Days until waiting items are read again: before, on and after the deadlines.
LATER = (1, 3, 5, 8, 13, 15, 22, 31, 61)


@dataclass(frozen=True)
class Visit:
    """A world that was built and can be explored."""

    world: World
    chance: Callable[[str], None]

    @property
    def door(self) -> str:
        """The address at which anybody can speak."""
        return reverse("dialogues_open:voice", args=[self.world.door])

    def enter(self, name: str) -> Adversary:
        self.chance("sign in")
        member: Member | None = None if name == NOBODY else self.world[name]
        about = frozenset(
            keys.code_of(self.world[each]) for each in ("Xenia", "Wim", "Zed", "Tia", "Hal")
        )
        begins = (*(reverse(each) for each in OUTSIDE), self.door, f"/a/{SLUG}/")
        return Adversary(
            signed_in(member),
            SLUG,
            TODAY,
            self.chance,
            about,
            begins if member is None else (),
            PERSONAS[name].alike,
        )

    def letters(self, name: str) -> Seen:
        """The e-mails this person got, with their headers."""
        address = f"{name.lower()}@twin.example"
        sent = [each for each in mail.outbox if address in each.to]
        return {
            f"letter {number}": without_chance(each.message().as_string())
            for number, each in enumerate(sent)
        }

    def later(self, names: Sequence[str]) -> dict[str, Seen]:
        """What waits for each of them, and what was sent, as the days go by."""
        seen: dict[str, Seen] = {name: {} for name in names}
        with taken_back():
            for days in LATER:
                with on_day(TODAY + timedelta(days=days)):
                    with tenancy.entering(self.world.agency):
                        night(self.world)
                    for name in names:
                        with taken_back():
                            answers = self.enter(name).open(*WAITS)
                        for url, said in answers.items():
                            seen[name][f"{url} {days} days on"] = said
                        seen[name] |= self.letters(name)
        return seen


WAITS = (f"/a/{SLUG}/", f"/a/{SLUG}/notifications/")


@dataclass
class Worlds:
    """Worlds that are built on what they have in common, each rolled back after its visit.

    Two worlds are the same until one of their days asks for a secret that differs. So the next
    world begins where the last one last agreed with it.
    """

    chance: Callable[[str], None]
    _levels: list["_Level"] = field(default_factory=list)

    @contextmanager
    def visit(self, secrets: Secrets) -> Iterator[Visit]:
        """The world with these secrets, until the block ends."""
        while self._levels and not self._levels[-1].agrees(secrets):
            self._levels.pop().block.close()
        for step in range(len(self._levels), len(STEPS)):
            self._add(secrets, STEPS[step])
        with taken_back(), on_day(TODAY):
            yield Visit(self._at_last(secrets), self.chance)

    def close(self) -> None:
        while self._levels:
            self._levels.pop().block.close()

    def _at_last(self, secrets: Secrets) -> World:
        mail.outbox = []
        if not self._levels:
            return World(Asked(secrets), TODAY, self.chance)
        level = self._levels[-1]
        mail.outbox += level.mails
        world = World(Asked(secrets, level.asked), TODAY, self.chance)
        vars(world).update(pickle.loads(level.rows))  # noqa: S301
        return world

    def _add(self, secrets: Secrets, step: Callable[[World], None]) -> None:
        world, block = self._at_last(secrets), ExitStack()
        block.enter_context(taken_back())
        try:
            step(world)
        except BaseException:
            block.close()
            raise
        rows = {name: it for name, it in vars(world).items() if name not in NOT_ROWS}
        asked = {name: getattr(secrets, name) for name in world.secrets.so_far}
        self._levels.append(_Level(block, asked, pickle.dumps(rows), [*mail.outbox]))


@dataclass(frozen=True)
class _Level:
    """A world after one of its steps: how to roll it back, and what it had asked for by then."""

    block: ExitStack
    asked: dict[str, bool]
    rows: bytes
    mails: list[EmailMessage]

    def agrees(self, secrets: Secrets) -> bool:
        return all(getattr(secrets, name) == answer for name, answer in self.asked.items())


NOT_ROWS = ("secrets", "today", "chance")


def _begin(world: World) -> None:
    with on_day(TODAY - 50 * DAY):
        begin(world)


def _day(ago: int, acts: Sequence[Callable[[World], None]]) -> Callable[[World], None]:
    def live(world: World) -> None:
        with tenancy.entering(world.agency):
            world.live(ago, *acts)

    return live


def _today(world: World) -> None:
    with tenancy.entering(world.agency), on_day(TODAY, hour=14):
        night(world)


STEPS = (_begin, *(_day(ago, acts) for ago, acts in DAYS), _today)


@contextmanager
def building() -> Iterator[Worlds]:
    """Worlds with the same randomness, until the block ends."""
    with pytest.MonkeyPatch.context() as patch, same_chance(patch) as chance:
        chance("world")
        mail.outbox = []
        worlds = Worlds(chance)
        with tenancy.entering(None):
            try:
                yield worlds
            finally:
                worlds.close()


def look_as(visit: Visit, names: Sequence[str]) -> dict[str, Seen]:
    seen = {}
    for name in names:
        with taken_back():
            seen[name] = visit.enter(name).look() | visit.letters(name)
    for name, saw in visit.later(names).items():
        seen[name] |= saw
    return seen
