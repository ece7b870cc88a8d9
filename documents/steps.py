"""Steps of a process in words: drawn, listed, in a decision’s text, and beside the checklist."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.flowchart import Flowchart, FlowStep, flowcharts
from documents.models import ProcessStep, Version
from documents.terms import ToldSection, in_words, told_terms


@dataclass(frozen=True)
class StepField:
    """A field of a step: its label, and the checklist item that it answers.

    `inside`: it stands in the step's own box of the drawing, not beside it.
    """

    name: str
    label: str | Promise
    item: str
    inside: bool = False


FIELDS = (
    StepField("who_decides", _("Who decides"), "who_decides", inside=True),
    StepField("consumers", _("Consumers"), "consumers_in_each_step", inside=True),
    StepField("feedback", _("Told back"), "feedback"),
    StepField("appeal", _("Appeal"), "appeal"),
    StepField("measure", _("Measured by"), "success"),
)


@dataclass(frozen=True)
class StepPart:
    """What a step says in one of its fields."""

    label: str
    words: str


@dataclass(frozen=True)
class ToldStep:
    """A step as pages list it."""

    step: ProcessStep
    name: str
    parts: tuple[StepPart, ...]


@dataclass(frozen=True)
class ToldProcess:
    """What a version says besides its text: steps, listed and drawn, or the terms of a charter.

    `missing`: labels of what no step says; `terms`: those of a charter.
    """

    steps: tuple[ToldStep, ...] = ()
    pictures: tuple[Flowchart, ...] = ()
    missing: tuple[str, ...] = ()
    terms: tuple[ToldSection, ...] = ()


def _parts(step: ProcessStep, fields: Sequence[StepField] = FIELDS) -> tuple[StepPart, ...]:
    found = ((str(field.label), getattr(step, field.name)) for field in fields)
    return tuple(StepPart(label, words) for label, words in found if words)


def _lines(parts: Sequence[StepPart]) -> tuple[str, ...]:
    return tuple(
        _t("%(label)s: %(words)s") % {"label": part.label, "words": part.words} for part in parts
    )


def told(version: Version, before: Version | None = None) -> ToldProcess:
    """The version's steps or terms; one query for steps, none for other forms.

    `before`: the version before, to tell which terms changed.
    """
    steps = version.ordered_steps
    if not steps:
        old = before.charter_terms if before is not None else None
        return ToldProcess(terms=told_terms(version.charter_terms, old))
    inside = [field for field in FIELDS if field.inside]
    aside = [field for field in FIELDS if not field.inside]
    drawn = [
        FlowStep(step.name, _lines(_parts(step, inside)), _lines(_parts(step, aside)))
        for step in steps
    ]
    return ToldProcess(
        tuple(ToldStep(step, step.name, _parts(step)) for step in steps),
        flowcharts(drawn),
        tuple(
            str(field.label)
            for field in FIELDS
            if not any(getattr(step, field.name) for step in steps)
        ),
    )


def whole(version: Version) -> str:
    """All words of a version, paragraph by paragraph: text, steps, sentences, a charter’s terms."""
    steps = [
        "\n".join([f"{number}. {step.name}", *_lines(_parts(step))])
        for number, step in enumerate(version.ordered_steps, start=1)
    ]
    parts = (version.text, *steps, version.text_equivalent, in_words(version.charter_terms))
    return "\n\n".join(part for part in parts if part)


def said_by_item(version: Version) -> dict[str, tuple[str, ...]]:
    """By item of the checklist, what the steps say about it: “2. Choose: two consumers …”."""
    steps = list(enumerate(version.ordered_steps, start=1))
    return {
        field.item: tuple(
            _t("%(number)s. %(name)s: %(words)s")
            % {"number": number, "name": step.name, "words": getattr(step, field.name)}
            for number, step in steps
            if getattr(step, field.name)
        )
        for field in FIELDS
    }
