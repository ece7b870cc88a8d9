"""Run and control charts: what they say, in numbers, words and pictures. Plain Python."""

from charts.analysis import Analysis, analyze
from charts.anhoej import Part, Run
from charts.mdc import MakingDataCount
from charts.series import Chart, Direction, Number, Refused, Series, reading
from charts.verdict import Assurance, Change, Runs, Sigma, Verdict

__all__ = [
    "Analysis",
    "Assurance",
    "Change",
    "Chart",
    "Direction",
    "MakingDataCount",
    "Number",
    "Part",
    "Refused",
    "Run",
    "Runs",
    "Series",
    "Sigma",
    "Verdict",
    "analyze",
    "reading",
]
