"""Run and control charts: findings in numbers, words and pictures. Plain Python."""

from charts.analysis import Analysis, analyze
from charts.choice import ChosenCharts, Limits, ResultKind, choose, days_between
from charts.drawing import NARROW, WIDE, DrawingSize, draw
from charts.figures import Figure, figure, in_words
from charts.finding import ChartFinding, Signal, find, held_against, meets
from charts.finding import WhatStandsOut as SignalKind
from charts.kinds import Chart, ChartShape
from charts.labels import ChartEvent, Labels
from charts.markers import Rules
from charts.mdc import MakingDataCount
from charts.picture import Drawing
from charts.readings import NotChartable, Number, reading
from charts.run_rules import PhaseRuns, Run
from charts.series import Direction, Series
from charts.spark import Sparkline, sparkline
from charts.verdict import Assurance, ChangeFound, ChartVerdict, Runs, Sigma
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
    "ChangeFound",
    "Chart",
    "ChartEvent",
    "ChartFinding",
    "ChartShape",
    "ChartVerdict",
    "ChosenCharts",
    "Direction",
    "Drawing",
    "DrawingSize",
    "Figure",
    "Labels",
    "Language",
    "Limits",
    "MakingDataCount",
    "NotChartable",
    "Number",
    "PhaseRuns",
    "ResultKind",
    "Rules",
    "Run",
    "Runs",
    "Sentence",
    "Series",
    "Sigma",
    "Signal",
    "SignalKind",
    "Sparkline",
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
