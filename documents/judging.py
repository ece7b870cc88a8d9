"""A version's standing against its checklist, from the ratings of consumers and staff."""

from collections.abc import Iterable
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class OneRating:
    """What one rater found: the words for each item that is present."""

    version_id: int
    rater_id: int
    standing: str
    employed_peer: bool
    mission_id: int | None
    found: dict[str, str] = field(default_factory=dict)

    @property
    def by_consumer(self) -> bool:
        return self.standing == StandingKind.PRIMARY_CONSUMER and not self.employed_peer

    @property
    def by_staff(self) -> bool:
        return self.standing in STAFF or self.employed_peer


@dataclass(frozen=True)
class CountedRatings:
    """The ratings of a version that count, and those whose findings may be shown."""

    all: tuple[OneRating, ...] = ()
    told: tuple[OneRating, ...] = ()


def judged(kind: str, ratings: Iterable[OneRating]) -> JudgedVersion:
    """Judge a version by its counted ratings."""
    counted = list(ratings)
    consumers = [rating for rating in counted if rating.by_consumer]
    staff = [rating for rating in counted if rating.by_staff]

    def finders(raters: Iterable[OneRating], code: str) -> int:
        return sum(code in rating.found for rating in raters)

    def quoted(code: str) -> tuple[str, ...]:
        words = {rating.found[code] for rating in counted if code in rating.found}
        # Sorted, since the order of the raters would reveal them.
        return tuple(sorted(words))

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


def counting(
    versions: Iterable[Version], on: date, missions: dict[int, int] | None = None
) -> dict[int, CountedRatings]:
    """By version key, each rater's latest rating until that day; two queries for all versions.

    `missions` (agency key → key of the mission version in force) leaves out ratings of a process
    that were made against another mission: a newer mission reopens the rating.
    """
    wanted = {version.pk: version.agency_id for version in versions}
    found: dict[int, list[OneRating]] = {key: [] for key in wanted}
    if not wanted:
        return {}
    for rating in _ratings(wanted, on):
        if missions is not None:
            current = missions.get(wanted[rating.version_id])
            if rating.mission_id is None or rating.mission_id != current:
                continue
        found[rating.version_id].append(rating)
    return {key: _counted(ratings) for key, ratings in found.items()}


@once
def _ratings(wanted: dict[int, int], on: date) -> list[OneRating]:
    """The ratings of these versions (→ agency keys) in their order, and what they found."""
    agencies = set(wanted.values())
    about = ("version_id", "rater_id", "standing", "employed_peer", "mission_id")
    rows = Rating.objects.across(agencies).filter(version__in=wanted, on__lte=on).order_by("pk")
    found = {pk: OneRating(*rest) for pk, *rest in rows.values_list("pk", *about)}
    items = RatingItem.objects.across(agencies).filter(rating__in=list(found), present=True)
    for rating, code, words in items.values_list("rating_id", "code", "words"):
        found[rating].found[code] = words
    return list(found.values())


def _counted(ratings: Iterable[OneRating]) -> CountedRatings:
    """The ratings, of which the shown ones change only in batches large enough to hide each.

    So nobody who looks before and after a rating learns what that rater found.
    """
    latest: dict[int, OneRating] = {}
    told: dict[int, OneRating] = {}
    waiting: dict[int, OneRating] = {}
    for rating in ratings:
        latest[rating.rater_id] = waiting[rating.rater_id] = rating
        if enough(len(waiting)):
            told |= waiting
            waiting = {}
    return CountedRatings(tuple(latest.values()), tuple(told.values()))
