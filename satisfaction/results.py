"""Results of closed rounds: only numbers over at least five answers, and no differences.

Nothing is shown before a round is closed, so that no two looks differ by one person. A round that
is too small is shown together with the small ones after it, once they are enough together; each
round counts in one result only, so that no two results differ by a small one.

Answers on paper are a separate result: whoever typed them in knows them, and could work out the
others from a combined mean.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation import smallness
from foundation.minimum import enough, parts_shown
from foundation.models import Agency
from foundation.smallness import Bound, Mean
from satisfaction.instrument import DOES_NOT_APPLY, HIGHEST, LOWEST, InstrumentItem
from satisfaction.models import Answer, AnswerSide, Comment, SurveyRound
from satisfaction.policies import SHOWN_TOGETHER
from satisfaction.spread import SpreadPart, spread

Scores = dict[str, int]
Answers = list[tuple[bool, Scores]]
"""Whether the person says they use services, and their scores."""


@dataclass(frozen=True)
class StatementMean:
    """One statement's mean on the scale from 1 to 5; None if too few answered it."""

    item: InstrumentItem
    mean: Mean | None
    consumers: Mean | None = None
    others: Mean | None = None
    spread: tuple[SpreadPart, ...] = ()
    """How the answers are spread; empty where that would tell about a few people."""

    @property
    def bar(self) -> int:
        """How long the bar of all parts is; rounded, they don't always come to a hundred."""
        return sum(part.percent for part in self.spread)


@dataclass(frozen=True)
class SurveyResult:
    """One or more rounds shown as one result, or one with too few answers."""

    rounds: tuple[SurveyRound, ...]
    on_paper: bool = False
    mean: Mean | None = None
    lines: tuple[StatementMean, ...] = ()
    comments: tuple[str, ...] = ()
    apart: bool = False
    """Whether consumers and everyone else may be shown apart."""

    @property
    def shown(self) -> bool:
        return self.mean is not None

    @property
    def spreads(self) -> tuple[StatementMean, ...]:
        """The statements whose answers are shown as parts."""
        return tuple(line for line in self.lines if line.spread)

    @property
    def latest(self) -> SurveyRound:
        return self.rounds[-1]

    @property
    def numbers(self) -> str:
        """As in "survey 4" or "surveys 3, 4"."""
        return ", ".join(str(each.number) for each in self.rounds)

    @property
    def answered(self) -> str:
        """How many answered, on screen or on paper, in words."""
        answered = sum(each.answered or 0 for each in self.rounds)
        return smallness.share(answered, sum(each.invited for each in self.rounds))


Counted = Callable[[SurveyRound], int]


def on_screen(round_: SurveyRound) -> int:
    """Answers that nobody can have typed in for somebody else."""
    return (round_.answered or 0) - (round_.on_paper or 0)


def on_paper(round_: SurveyRound) -> int:
    return round_.on_paper or 0


def pools(rounds: Iterable[SurveyRound], counted: Counted) -> list[tuple[SurveyRound, ...]]:
    """Group closed rounds, oldest first, into those shown together.

    A round with enough answers stands alone. Smaller ones wait for the next small ones of the same
    version, for a year at most. Later rounds never change an earlier group.
    """
    found: list[tuple[SurveyRound, ...]] = []
    waiting: dict[str, list[SurveyRound]] = defaultdict(list)
    for each in rounds:
        if enough(counted(each)):
            found.append((each,))
            continue
        small = waiting[each.instrument]
        small[:] = [
            other for other in small if _closed(each) - _closed(other) < SHOWN_TOGETHER.span
        ]
        small.append(each)
        if enough(sum(counted(other) for other in small)):
            found.append(tuple(small))
            small.clear()
    return sorted(found, key=lambda pool: pool[-1].number)


def trend(agency: Agency) -> list[SurveyResult]:
    """The result of every group and of every ungrouped round, latest first, without spreads."""
    rounds = _closed_rounds(agency)
    screen, paper = pools(rounds, on_screen), pools(rounds, on_paper)
    used = {each.pk for pool in screen for each in pool}
    scores = _scores(agency, used | {each.pk for pool in paper for each in pool})
    shown = [_result(pool, scores, on_paper=False, parts=False) for pool in screen]
    shown += [_result(pool, scores, on_paper=True, parts=False) for pool in paper]
    hidden = [SurveyResult((each,)) for each in rounds if each.pk not in used]
    return sorted([*shown, *hidden], key=lambda each: (-each.latest.number, each.on_paper))


def of_round(round_: SurveyRound, *, comments: bool) -> list[SurveyResult]:
    """The results that include a closed round, paper last; none for an open round.

    With the comments, in random order, if asked for.
    """
    agency = round_.agency
    rounds = _closed_rounds(agency)
    if round_ not in rounds:
        return []
    found = []
    for counted, paper in ((on_screen, False), (on_paper, True)):
        pool = next((pool for pool in pools(rounds, counted) if round_ in pool), None)
        if pool is not None:
            scores = _scores(agency, {each.pk for each in pool})
            said = _comments(agency, pool, on_paper=paper) if comments else ()
            found.append(_result(pool, scores, said, on_paper=paper))
        elif not paper:
            found.append(SurveyResult((round_,)))
    return found


def _closed_rounds(agency: Agency) -> list[SurveyRound]:
    """Rounds whose closing day has passed and that are counted; others stay hidden."""
    today = agency.today()
    closed = SurveyRound.objects.within(agency).closed(today).filter(closes__lte=today)
    return list(closed.order_by("number"))


def _closed(round_: SurveyRound) -> date:
    assert round_.closed_on is not None
    return round_.closed_on


def _comments(agency: Agency, pool: Sequence[SurveyRound], *, on_paper: bool) -> Sequence[str]:
    written = Comment.objects.within(agency).filter(round__in=pool, on_paper=on_paper)
    return list(written.order_by("pk").values_list("text", flat=True))


def _scores(agency: Agency, rounds: set[int]) -> dict[tuple[int, bool], Answers]:
    """Answers by round and by whether they were on paper."""
    found: dict[tuple[int, bool], Answers] = defaultdict(list)
    answers = Answer.objects.within(agency).filter(round__in=rounds)
    for round_id, paper, side, scores in answers.values_list(
        "round_id", "on_paper", "side", "scores"
    ):
        found[round_id, paper].append((side == AnswerSide.CONSUMER, scores))
    return found


def _result(
    pool: tuple[SurveyRound, ...],
    scores: dict[tuple[int, bool], Answers],
    comments: Sequence[str] = (),
    *,
    on_paper: bool,
    parts: bool = True,
) -> SurveyResult:
    answers = [each for round_ in pool for each in scores[round_.pk, on_paper]]
    if not enough(len(answers)):
        return SurveyResult(pool, on_paper)
    consumers = sum(consumer for consumer, _scores in answers)
    apart = len(parts_shown({"consumers": consumers, "others": len(answers) - consumers})) > 1
    lines = tuple(_line(item, answers, apart=apart, parts=parts) for item in pool[-1].asks.items)
    told = [line.mean for line in lines if line.mean is not None]
    return SurveyResult(pool, on_paper, _over(told), lines, tuple(comments), apart)


def _line(
    item: InstrumentItem, answers: Answers, *, apart: bool, parts: bool = True
) -> StatementMean:
    given: dict[bool, list[int]] = {True: [], False: []}
    for consumer, scores in answers:
        if scores[item.code] != DOES_NOT_APPLY:
            given[consumer].append(scores[item.code])
    everyone = [*given[True], *given[False]]
    if not enough(len(everyone)):
        return StatementMean(item, None)
    mean = _mean(everyone)
    # A mean with a bound says that nearly all gave the same; parts would say how many didn't.
    parts = parts and mean.bound == Bound.EXACT
    whole = spread([everyone]) if parts else ()
    if not apart or not all(enough(len(each)) for each in given.values()):
        return StatementMean(item, mean, spread=whole)
    consumers, others = _mean(given[True]), _mean(given[False])
    if consumers.bound != Bound.EXACT or others.bound != Bound.EXACT:
        # The exact mean and the overall mean together would reveal the other.
        return StatementMean(item, mean, spread=whole)
    of_sides = spread([given[True], given[False]]) if parts else ()
    return StatementMean(item, mean, consumers, others, of_sides)


def _mean(scores: Sequence[int]) -> Mean:
    return smallness.mean(sum(scores), len(scores), lowest=LOWEST, highest=HIGHEST)


def _over(told: Sequence[Mean]) -> Mean | None:
    """The mean of the statements' shown means, so that it reveals nothing hidden."""
    if not told:
        return None
    bounds = {mean.bound for mean in told} - {Bound.EXACT}
    bound = bounds.pop() if len(bounds) == 1 else Bound.EXACT
    return Mean(sum(mean.value for mean in told) / len(told), bound)
