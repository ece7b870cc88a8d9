"""A version's standing against its checklist, from the ratings of consumers and staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import StandingKind
from documents.checklists import checklist
from documents.models import Rating, RatingItem, Version
from foundation import smallness
from foundation.minimum import enough
from foundation.once import once

STAFF = frozenset({StandingKind.PROVIDER, StandingKind.MANAGER})
# More quotations would reveal how many raters found the item.
MOST_QUOTES = 3


@dataclass(frozen=True)
class ItemJudged:
    code: str
    present: bool
    """Most consumer raters found it, and a staff rater."""
    found_by: int
    """How many of all raters found it; shown through `share` only."""
    words: tuple[str, ...]
    """What raters of any standing quoted for it."""


@dataclass(frozen=True)
class JudgedVersion:
    """The outcome of the ratings; the counts are for rules, never shown as they are."""

    consumers: int
    staff: int
    raters: int
    items: tuple[ItemJudged, ...]

    @property
    def rated(self) -> bool:
        """Whether at least one consumer and one staff member rated it."""
        return self.consumers > 0 and self.staff > 0

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.items if not item.present)

    def share(self, item: ItemJudged) -> str:
        """How many raters found it, in words: "most of 7"."""
        return smallness.share(item.found_by, self.raters)


@dataclass(frozen=True)
class CountedRatings:
    """The ratings of a version that count, and those whose findings may be shown."""

    all: tuple[Rating, ...] = ()
    told: tuple[Rating, ...] = ()


def is_consumer(rating: Rating) -> bool:
    return rating.standing == StandingKind.PRIMARY_CONSUMER and not rating.employed_peer


def is_staff(rating: Rating) -> bool:
    return rating.standing in STAFF or rating.employed_peer


def judged(kind: str, ratings: Iterable[Rating]) -> JudgedVersion:
    """Judge a version by its counted ratings, whose items are loaded."""
    counted = list(ratings)
    consumers = [rating for rating in counted if is_consumer(rating)]
    staff = [rating for rating in counted if is_staff(rating)]

    def item(rating: Rating, code: str) -> RatingItem | None:
        return next((each for each in rating.items.all() if each.code == code), None)

    def finders(raters: Iterable[Rating], code: str) -> int:
        found = (item(rating, code) for rating in raters)
        return sum(each is not None and each.present for each in found)

    def quoted(code: str) -> tuple[str, ...]:
        words = [each.words for rating in counted if (each := item(rating, code)) and each.present]
        # Sorted, since the order of the raters would reveal them.
        return tuple(sorted(set(words)))

    def present(code: str) -> bool:
        return 2 * finders(consumers, code) > len(consumers) and finders(staff, code) > 0

    return JudgedVersion(
        consumers=len(consumers),
        staff=len(staff),
        raters=len(counted),
        items=tuple(
            ItemJudged(
                code=each.code,
                present=present(each.code),
                found_by=finders(counted, each.code),
                words=quoted(each.code),
            )
            for each in checklist(kind)
        ),
    )


@once
def counting(
    versions: Iterable[Version], on: date, missions: dict[int, int] | None = None
) -> dict[int, CountedRatings]:
    """By version key, each rater's latest rating until that day; two queries for all versions.

    `missions` (agency key → key of the mission version in force) leaves out ratings of a process
    that were made against another mission: a newer mission reopens the rating.
    """
    wanted = {version.pk: version for version in versions}
    found: dict[int, list[Rating]] = {key: [] for key in wanted}
    if not wanted:
        return {}
    rows = Rating.objects.across({version.agency_id for version in wanted.values()})
    for rating in (
        rows.filter(version__in=wanted, on__lte=on).order_by("pk").prefetch_related("items")
    ):
        if missions is not None:
            current = missions.get(wanted[rating.version_id].agency_id)
            if rating.mission_id is None or rating.mission_id != current:
                continue
        found[rating.version_id].append(rating)
    return {key: _counted(ratings) for key, ratings in found.items()}


def _counted(ratings: Iterable[Rating]) -> CountedRatings:
    """The ratings, of which the shown ones change only in batches large enough to hide each.

    So nobody who looks before and after a rating learns what that rater found.
    """
    latest: dict[int, Rating] = {}
    told: dict[int, Rating] = {}
    waiting: dict[int, Rating] = {}
    for rating in ratings:
        latest[rating.rater_id] = waiting[rating.rater_id] = rating
        if enough(len(waiting)):
            told |= waiting
            waiting = {}
    return CountedRatings(tuple(latest.values()), tuple(told.values()))
