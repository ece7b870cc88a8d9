"""The picture of an impact and effort matrix, ready for an SVG template."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cells.ranking.models import HIGHEST


@dataclass(frozen=True)
class MatrixIdea:
    """An idea by its number in the table; `impact` and `effort` are means from 1 to 5."""

    number: int
    title: str
    impact: float
    effort: float


@dataclass(frozen=True)
class MatrixMark:
    """A number, or those of several ideas at the same position; in whole pixels."""

    x: int
    y: int
    numbers: str
    title: str

    @property
    def width(self) -> int:
        return 20 + 8 * len(self.numbers)

    @property
    def from_x(self) -> int:
        return self.x - self.width // 2

    @property
    def from_y(self) -> int:
        return self.y - 14

    @property
    def words_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True)
class MatrixPicture:
    """A drawing: easy ideas on the left, hard ones right, high impact on top; whole pixels."""

    name: str
    width: int
    height: int
    left: int
    top: int
    side_x: int
    side_y: int
    marks: list[MatrixMark]

    @property
    def middle_x(self) -> int:
        return self.left + self.side_x // 2

    @property
    def middle_y(self) -> int:
        return self.top + self.side_y // 2

    @property
    def quarter_left(self) -> int:
        return self.left + self.side_x // 4

    @property
    def quarter_right(self) -> int:
        return self.left + self.side_x * 3 // 4

    @property
    def right(self) -> int:
        return self.left + self.side_x

    @property
    def bottom(self) -> int:
        return self.top + self.side_y

    @property
    def top_words(self) -> int:
        return self.top + 22

    @property
    def bottom_words(self) -> int:
        return self.bottom - 12

    @property
    def axis_words(self) -> int:
        return self.bottom + 20

    @property
    def up_words(self) -> int:
        return self.left - 8


# name, width, height, left, top, width and height of the square
_SIZES = (("wide", 640, 420, 30, 10, 600, 370), ("narrow", 300, 330, 26, 10, 266, 280))
_NEAR = 24
# Beyond the scale on each side, so that no mark touches the edge or the labels.
_MARGIN = 0.7


def pictures(ideas: Sequence[MatrixIdea]) -> list[MatrixPicture]:
    """A wide and a narrow picture."""
    return [MatrixPicture(*size, _marks(ideas, *size[3:])) for size in _SIZES]


def _marks(
    ideas: Sequence[MatrixIdea], left: int, top: int, side_x: int, side_y: int
) -> list[MatrixMark]:
    """Marks of the ideas; ideas that would overlap share one."""
    span = HIGHEST - 1 + 2 * _MARGIN
    places: dict[tuple[int, int], list[MatrixIdea]] = defaultdict(list)
    for idea in ideas:
        x = left + round((idea.effort - 1 + _MARGIN) / span * side_x)
        y = top + round((HIGHEST + _MARGIN - idea.impact) / span * side_y)
        near = next(
            (at for at in places if abs(at[0] - x) < _NEAR and abs(at[1] - y) < _NEAR), (x, y)
        )
        places[near].append(idea)
    return [
        MatrixMark(
            x,
            y,
            ", ".join(str(idea.number) for idea in there),
            "; ".join(f"{idea.number}: {idea.title}" for idea in there),
        )
        for (x, y), there in places.items()
    ]
