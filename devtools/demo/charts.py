"""People's adjustments to charts, and who keeps checking a finished plan."""

from cells.plans.models import Cadence, ReviewOutcome
from cells.sustaining.actions import look_on, sustain
from devtools.demo.story import Story
from measures.charting.actions import adjust, override_chart, undo_adjustment
from measures.charting.models import Adjustment, AdjustmentKind
from measures.definitions import periods


def write(story: Story) -> None:
    """A new phase, a frozen baseline, an exclusion that is undone, a chart chosen by hand."""
    story.on(92, _lasting, story)
    story.on(88, _phase, story)
    story.on(300, _frozen, story)
    story.on(210, _left_out, story)
    story.on(5, _overridden, story)
    story.on(2, _lasts, story)


def _lasting(story: Story) -> None:
    sustain(
        story.plans["copy"],
        looked_at_by=story["rosa"],
        cadence=Cadence.QUARTER,
        reopen_if="Fewer than half say yes in two months in a row.",
        by=story["femi"],
    )


def _lasts(story: Story) -> None:
    look_on(
        story.plans["copy"],
        outcome=ReviewOutcome.LASTS,
        note="People still get their copy. Two said they read it at home with their family.",
        by=story["rosa"],
    )


def _phase(story: Story) -> None:
    measure = story.measures["helped"]
    adjust(
        measure,
        kind=AdjustmentKind.PHASE,
        period=story.day(430),
        label="Everyone gets a copy",
        reason="Since then everyone gets a copy of the plan before the meeting, and it stays so.",
        by=story["femi"],
    )


def _frozen(story: Story) -> None:
    measure = story.measures["held"]
    adjust(
        measure,
        kind=AdjustmentKind.BASELINE,
        period=periods.before(measure.frequency, story.day(330)),
        reason="So that we can see what changes once we ask people what helps.",
        by=story["femi"],
    )


def _left_out(story: Story) -> None:
    """One week is excluded until the call book turns up."""
    measure = story.measures["wait"]
    made: Adjustment = adjust(
        measure,
        kind=AdjustmentKind.EXCLUSION,
        period=story.day(240),
        reason="The call book of that week was lost.",
        by=story["ivan"],
    )
    undo_adjustment(made, because="The call book was found.", by=story["ivan"])
    adjust(
        measure,
        kind=AdjustmentKind.EXCLUSION,
        period=story.day(226),
        reason="A storm closed the house for three days.",
        by=story["ivan"],
    )


def _overridden(story: Story) -> None:
    override_chart(
        story.measures["club"],
        chart="run",
        reason="We only want to see if more people come. A plain line is enough for that.",
        by=story["kofi"],
    )
