"""Run and control charts: what they say, in numbers, words and pictures. Plain Python."""

from charts.analysis import Analysis, analyze
from charts.anhoej import Part, Run
from charts.choice import Choice, Kind, Limits, choose, days_between
from charts.drawing import NARROW, WIDE, Size, draw
from charts.figures import Figure, figure, in_words
from charts.finding import Finding, Signal, find, held_against, meets
from charts.finding import Kind as SignalKind
from charts.labels import Event, Labels
from charts.mdc import MakingDataCount
from charts.picture import Drawing
from charts.series import Chart, Direction, Number, Refused, Series, reading
from charts.signals import Rules
from charts.spark import Sparkline, sparkline
from charts.verdict import Assurance, Change, Runs, Sigma, Verdict
from charts.words import (
    ENGLISH,
    Language,
    Sentence,
    goal,
    progress,
    told,
)

__all__ = [
    "ENGLISH",
    "NARROW",
    "WIDE",
    "Analysis",
    "Assurance",
    "Change",
    "Chart",
    "Choice",
    "Direction",
    "Drawing",
    "Event",
    "Figure",
    "Finding",
    "Kind",
    "Labels",
    "Language",
    "Limits",
    "MakingDataCount",
    "Number",
    "Part",
    "Refused",
    "Rules",
    "Run",
    "Runs",
    "Sentence",
    "Series",
    "Sigma",
    "Signal",
    "SignalKind",
    "Size",
    "Sparkline",
    "Verdict",
    "analyze",
    "choose",
    "days_between",
    "draw",
    "figure",
    "find",
    "goal",
    "held_against",
    "in_words",
    "meets",
    "progress",
    "reading",
    "sparkline",
    "told",
]
