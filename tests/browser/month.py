"""What a month in the portal costs each role: pages and taps, counted at the browser."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Frame

from tests.browser.person import Person

# Seconds to take in a page, and to make a tap or to fill in a field.
PAGE, TAP = 8, 3
WEEKS = 4
MINUTE = 60


@dataclass
class Hand(Person):
    """A person whose pages and taps are counted; filling in a field counts as a tap."""

    taps: int = 0
    pages: int = 0

    def __post_init__(self) -> None:
        self.page.on("framenavigated", self._arrived)

    def _arrived(self, frame: Frame) -> None:
        self.pages += frame == self.page.main_frame

    def follow(self, words: str) -> "Hand":
        self.taps += 1
        super().follow(words)
        return self

    def write(self, label: str, text: str | int | date) -> "Hand":
        self.taps += 1
        super().write(label, text)
        return self

    def tick(self, *labels: str) -> "Hand":
        self.taps += len(labels)
        super().tick(*labels)
        return self

    def pick(self, label: str, answer: str) -> "Hand":
        self.taps += 2
        super().pick(label, answer)
        return self

    def press(self, words: str) -> "Hand":
        self.taps += 1
        super().press(words)
        return self

    @property
    def today(self) -> date:
        return self.member.agency.today()

    def start(self) -> "Hand":
        """Home: the page everybody begins at."""
        self.go("home_of")
        return self


Play = Callable[[Hand], object]


@dataclass(frozen=True)
class Task:
    """Something done so many times a month, and how to do it from home."""

    name: str
    times: int
    play: Play


@dataclass(frozen=True)
class Spent:
    """What a task costs once."""

    task: Task
    pages: int
    taps: int

    @property
    def seconds(self) -> int:
        """In a month."""
        return self.task.times * (self.pages * PAGE + self.taps * TAP)


@dataclass
class Month:
    """A role's month."""

    role: str
    spent: list[Spent] = field(default_factory=list)

    def play(self, hand: Hand, tasks: Iterable[Task]) -> "Month":
        for task in tasks:
            hand.pages = hand.taps = 0
            task.play(hand)
            self.spent.append(Spent(task, hand.pages, hand.taps))
        return self

    @property
    def most(self) -> int:
        """How often the most frequent task is done: they sign in for it."""
        return max(each.task.times for each in self.spent)

    @property
    def minutes_a_week(self) -> float:
        return sum(each.seconds for each in self.spent) / MINUTE / WEEKS

    def table(self) -> Iterator[str]:
        """One line a task, and the sum."""
        width = max(len(each.task.name) for each in self.spent)
        yield f"{self.role}: {self.minutes_a_week:.1f} minutes a week"
        yield f"  {'':{width}}  times  pages  taps  minutes a month"
        for each in self.spent:
            yield (
                f"  {each.task.name:{width}}  {each.task.times:5}  {each.pages:5}"
                f"  {each.taps:4}  {each.seconds / MINUTE:15.1f}"
            )
