"""A reader who knows no code: what a text claims about a measure, by its words alone."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

BETTER, WORSE, UP, DOWN = "better", "worse", "up", "down"
_SIDES = {"higher": UP, "lower": DOWN, "climbing": UP, "falling": DOWN, "up": UP, "down": DOWN}
_OVER = r"(?P<over> This ended in)?"
# Each with its direction's word; ongoing, or over if "This ended in" follows.
GOING_ON = [
    r"\b(?P<way>Better|Worse|Higher|Lower) since ",
    r"results were (?P<way>better|worse|higher|lower) than the usual middle; that is very unlikely "
    rf"to be luck\.{_OVER}",
    r"the days between were (?P<way>better|worse) than the usual middle; that is very unlikely to "
    rf"be luck\.{_OVER}",
    r"Results have been (?P<way>climbing|falling) since ",
    rf"Results moved (?P<way>up|down) for seven results running\.{_OVER}",
]
# A result far outside is ongoing while it is the latest one.
FAR = re.compile(
    r"(?:^|[.\s])(?:The days up to )?(?P<when>[A-Z][a-z]+ (?:\d+, )?\d{4}) (?:was|were) far "
    r"(?:above|below|more|fewer) [a-z ]+ \((?P<way>better|worse)\)"
)
TWO_OF_THREE = re.compile(
    rf"Two of three recent results were unusually (high|low); an early warning\.{_OVER}"
)
BASELINE = re.compile(r"\b(?:the|a) baseline of ([^“”]+?)\.(?=\W|$)")
GOAL = re.compile(r"(meets|does not meet) the goal of (.+?) for “(.+?)”( yet)?\.(?=\W|$)")
EXPECTS = {
    "we expect to meet the goal every time": "every time",
    "we expect not to meet the goal": "never",
    "we expect sometimes to meet the goal and sometimes not": "sometimes",
}
NEITHER = "Not a question of better or worse"
ANSWERS: dict[str, tuple[str | None, bool]] = {
    "Better, and it lasts": (BETTER, True),
    "Better, but it does not last yet": (BETTER, False),
    "No change": (None, False),
    "Worse": (WORSE, True),
    "Not enough data yet": (None, False),
    NEITHER: (None, False),
}


@dataclass
class Claims:
    """All claims of a text: ongoing directions, sides, baselines, goals with their plans."""

    ways: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)
    baselines: set[str] = field(default_factory=set)
    goals: set[tuple[str, str]] = field(default_factory=set)
    met: set[bool] = field(default_factory=set)
    expected: set[str] = field(default_factory=set)
    says_better_or_worse: bool = False
    usual_middle: bool = False
    not_clear: bool = False


def words_of(page: str) -> str:
    """The words of a page, without drawings, folded content and tables of numbers."""
    for part in ("svg", "table", "script", "template"):
        page = re.sub(rf"<{part}\b.*?</{part}>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).strip()


def claims(text: str, latest: str = "") -> Claims:
    """The claims of a finding or a page's words; `latest` is the name of the latest period."""
    found = Claims()
    found.ways |= {match["way"] for match in FAR.finditer(text) if match["when"] == latest}
    found.sides |= {
        {"high": UP, "low": DOWN}[match[1]]
        for match in TWO_OF_THREE.finditer(text)
        if not match["over"]
    }
    for pattern in GOING_ON:
        for match in re.finditer(pattern, text):
            if not match.groupdict().get("over"):
                way = match["way"].lower()
                (found.ways if way in {BETTER, WORSE} else found.sides).add(_SIDES.get(way, way))
    found.baselines |= set(BASELINE.findall(text))
    for meets, amount, plan, _yet in GOAL.findall(text):
        found.goals.add((amount, plan))
        found.met.add(meets == "meets")
    found.expected |= {said for words, said in EXPECTS.items() if words in text}
    found.says_better_or_worse = bool(re.search(r"\b(better|worse)\b", text, re.IGNORECASE))
    found.usual_middle = "usual middle" in text
    found.not_clear = "not yet clear" in text
    return found


def contradictions(
    said: list[str], answer: str | None, direction: str, latest: str = ""
) -> list[str]:
    """Contradictions among these texts about one measure and plan, or with the answer."""
    told = [claims(each, latest) for each in said]
    sides, ways = _all(told, "sides"), _all(told, "ways")
    if direction != "neutral":
        better = UP if direction == "increase" else DOWN
        ways |= {BETTER if side == better else WORSE for side in sides}
    wrong = [
        f"{name}: {each}"
        for name, each in {
            "direction": ways,
            "side": sides,
            **{name: _all(told, name) for name in ("baselines", "goals", "met", "expected")},
        }.items()
        if len(each) > 1
    ]
    met, expected = _all(told, "met"), _all(told, "expected")
    if (True in met and "never" in expected) or (False in met and "every time" in expected):
        wrong.append(f"goal: {met} {expected}")
    if _all(told, "baselines") and any(each.usual_middle for each in told):
        wrong.append("middle: a baseline and a usual middle")
    if any(each.not_clear for each in told):
        wrong.append("direction is not clear")
    return wrong + ([] if answer is None else list(_against(answer, ways)))


def _all(told: list[Claims], name: str) -> set[object]:
    return set().union(*(getattr(each, name) for each in told))


def _against(answer: str, ways: set[object]) -> Iterator[str]:
    """What the answer says against the ongoing directions."""
    way, lasts = ANSWERS[answer]
    if answer != NEITHER and ways - {way}:
        yield f"answer: {answer}, but {ways}"
    if lasts and way not in ways:
        yield f"ongoing: {answer}, but nothing goes on"
