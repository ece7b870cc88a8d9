"""Chooses pages to check: as few as cover all parts that were not checked yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from devtools.parts import LookedAt, parts_of
from tests.browser.crawl import Found
from tests.browser.mistakes import MISTAKEN, Mistake
from tests.browser.shelf import Answer


@dataclass(frozen=True)
class Candidate:
    """A page as answered: its address, a description, and its parts."""

    url: str
    said: str
    answer: Answer
    parts: frozenset[str]


def covering(candidates: Iterable[Candidate], looked_at: LookedAt) -> Iterator[Candidate]:
    """Pages with the most new parts first, until none adds a part."""
    waiting = [
        (-len(each.parts - looked_at.parts), place, each) for place, each in enumerate(candidates)
    ]
    heapify(waiting)
    while waiting and waiting[0][0]:
        _counted, place, each = heappop(waiting)
        left = len(each.parts - looked_at.parts)
        if waiting and left < -waiting[0][0]:  # Others were chosen since it was counted.
            heappush(waiting, (-left, place, each))
        elif looked_at.new(each.parts):
            yield each


def to_look_at(found: Iterable[Found], mistakes: Iterable[Mistake]) -> Iterator[Candidate]:
    """The pages somebody was led to, and the responses to forms sent empty."""
    for each in found:
        if each.html:
            yield Candidate(each.at, each.url, each.answer, each.skeleton)
    for wrong in mistakes:
        if wrong.empty.status == MISTAKEN:
            answer = Answer(wrong.empty.html, wrong.page.answer.policy)
            said = f"{wrong.page.url} sent empty"
            yield Candidate(wrong.form.action, said, answer, parts_of(answer.html))
