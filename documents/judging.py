"""How a version stands against its checklist, from the ratings of consumers and staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import StandingKind
from documents.checklists import checklist
from documents.models import Rating, RatingItem, Version

STAFF = frozenset({StandingKind.PROVIDER, StandingKind.MANAGER})


@dataclass(frozen=True)
class ItemJudged:
    code: str
    present: bool
    """Every consumer rater found it, and there is at least one."""
    words: tuple[str, ...]
    """What raters of any standing quoted for it."""


@dataclass(frozen=True)
class Judged:
    """What the ratings say; counts of raters are for rules, never shown."""

    consumers: int
    staff: int
    items: tuple[ItemJudged, ...]

    @property
    def rated(self) -> bool:
        """By at least one consumer and one staff member."""
        return self.consumers > 0 and self.staff > 0

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.items if not item.present)


def is_consumer(rating: Rating) -> bool:
    return rating.standing == StandingKind.PRIMARY_CONSUMER and not rating.employed_peer


def is_staff(rating: Rating) -> bool:
    return rating.standing in STAFF or rating.employed_peer


def judged(kind: str, ratings: Iterable[Rating]) -> Judged:
    """From those ratings that count, with their items at hand."""
    counted = list(ratings)
    consumers = [rating for rating in counted if is_consumer(rating)]

    def item(rating: Rating, code: str) -> RatingItem | None:
        return next((each for each in rating.items.all() if each.code == code), None)

    def found(rating: Rating, code: str) -> bool:
        each = item(rating, code)
        return each is not None and each.present

    def quoted(code: str) -> tuple[str, ...]:
        words = [each.words for rating in counted if (each := item(rating, code)) and each.present]
        # In the order of the words themselves: the order of the raters would point at them.
        return tuple(sorted(set(words)))

    return Judged(
        consumers=len(consumers),
        staff=sum(is_staff(rating) for rating in counted),
        items=tuple(
            ItemJudged(
                code=each.code,
                present=bool(consumers) and all(found(rating, each.code) for rating in consumers),
                words=quoted(each.code),
            )
            for each in checklist(kind)
        ),
    )


def counting(
    versions: Iterable[Version], on: date, missions: dict[int, int] | None = None
) -> dict[int, list[Rating]]:
    """By version key, each rater's latest rating until that day; two queries for all versions.

    `missions` (agency key → key of the mission version in force) leaves out those ratings of a
    process that were made against another one: a newer mission opens the rating again.
    """
    wanted = {version.pk: version for version in versions}
    found: dict[int, dict[int, Rating]] = {key: {} for key in wanted}
    if not wanted:
        return {}
    rows = Rating.objects.across({version.agency_id for version in wanted.values()})
    for rating in (
        rows.filter(version__in=wanted, on__lte=on).order_by("pk").prefetch_related("items")
    ):
        found[rating.version_id][rating.rater_id] = rating
    return {
        key: [
            rating
            for rating in raters.values()
            if missions is None
            or (
                rating.mission_id is not None
                and rating.mission_id == missions.get(wanted[key].agency_id)
            )
        ]
        for key, raters in found.items()
    }
