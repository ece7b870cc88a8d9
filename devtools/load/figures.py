"""What a phase came to: a line for each kind of page, and whether it is good enough."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from devtools.bench.figures import Figure, line
from devtools.load.journeys import YARDSTICK

# Milliseconds within which 95 of 100 pages have to be there.
GOAL = 1000.0
SIGN_INS = "sign_in."
USUAL, MOST = 50, 95


@dataclass(frozen=True)
class LoadFigures:
    """One kind of page during a phase."""

    name: str
    ms: tuple[float, ...]
    errors: tuple[str, ...]

    def within(self, percent: int) -> float:
        """Milliseconds in which so many percent were there."""
        ranked = sorted(self.ms)
        return ranked[max(0, ceil(len(ranked) * percent / 100) - 1)] if ranked else 0.0


@dataclass(frozen=True)
class Phase:
    """The figures of all kinds of pages; sign-ins are told apart from them."""

    name: str
    kinds: tuple[LoadFigures, ...]

    @property
    def pages(self) -> LoadFigures:
        return _together("pages", [kind for kind in self.kinds if not _signing(kind)])

    @property
    def sign_ins(self) -> LoadFigures:
        return _together("sign_ins", [kind for kind in self.kinds if _signing(kind)])

    @property
    def yardstick(self) -> float:
        """The usual milliseconds of the bench page."""
        return next((kind.within(USUAL) for kind in self.kinds if kind.name == YARDSTICK), 0.0)

    @property
    def good(self) -> bool:
        wrong = self.pages.errors or self.sign_ins.errors
        return bool(self.pages.ms) and not wrong and self.pages.within(MOST) < GOAL


def phase_of(name: str, kinds: Mapping[str, Mapping[str, Sequence[float | str]]]) -> Phase:
    """What the people's process printed."""
    return Phase(
        name,
        tuple(
            LoadFigures(
                kind,
                tuple(float(ms) for ms in told["ms"]),
                tuple(str(error) for error in told["errors"]),
            )
            for kind, told in sorted(kinds.items())
        ),
    )


def lines(phase: Phase, calm: Phase) -> Iterator[str]:
    """A line for each kind, for all pages and for all sign-ins.

    `ratio`: p95 as a multiple of the usual time of the bench page in the calm phase.
    """
    yardstick = calm.yardstick
    for kind in (*phase.kinds, phase.pages, phase.sign_ins):
        if not kind.ms:
            continue
        figures: dict[str, Figure] = {
            "requests": len(kind.ms),
            "errors": len(kind.errors),
            "p50": kind.within(USUAL),
            "p95": kind.within(MOST),
        }
        if yardstick:
            figures["ratio"] = kind.within(MOST) / yardstick
        yield line(phase.name, kind.name, **figures)
    for error in sorted({*phase.pages.errors, *phase.sign_ins.errors}):
        yield f"{phase.name} error {error}"


def _signing(kind: LoadFigures) -> bool:
    return kind.name.startswith(SIGN_INS)


def _together(name: str, kinds: Sequence[LoadFigures]) -> LoadFigures:
    return LoadFigures(
        name,
        tuple(ms for kind in kinds for ms in kind.ms),
        tuple(f"{kind.name} {error}" for kind in kinds for error in kind.errors),
    )
