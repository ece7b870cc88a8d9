"""Words for numbers of periods, for single values, and for days of events."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from charts import ChangeFound
from charts.figures import HEAD
from charts.words import FAR_OUTSIDE, LONG_RUN
from measures.kinds.shape import KindWords, Words

# Replacements for the words of periods where days between events are meant.
OF_DAYS: Mapping[str, Words] = {
    HEAD: _("Day"),
    LONG_RUN[ChangeFound.IMPROVEMENT]: _(
        "{count} times in a row (from {first} to {last}) the days between were better than the "
        "usual middle; that is very unlikely to be luck."
    ),
    LONG_RUN[ChangeFound.WORSENING]: _(
        "{count} times in a row (from {first} to {last}) the days between were worse than the "
        "usual middle; that is very unlikely to be luck."
    ),
    LONG_RUN[ChangeFound.HIGHER]: _(
        "{count} times in a row (from {first} to {last}) there were more days between than the "
        "usual middle; that is very unlikely to be luck."
    ),
    LONG_RUN[ChangeFound.LOWER]: _(
        "{count} times in a row (from {first} to {last}) there were fewer days between than the "
        "usual middle; that is very unlikely to be luck."
    ),
    FAR_OUTSIDE[ChangeFound.IMPROVEMENT, 1]: _(
        "The days up to {month} were far more than usual (better); something different probably "
        "happened."
    ),
    FAR_OUTSIDE[ChangeFound.WORSENING, 1]: _(
        "The days up to {month} were far more than usual (worse); something different probably "
        "happened."
    ),
    FAR_OUTSIDE[ChangeFound.HIGHER, 1]: _(
        "The days up to {month} were far more than usual; something different probably happened."
    ),
    FAR_OUTSIDE[ChangeFound.IMPROVEMENT, -1]: _(
        "The days up to {month} were far fewer than usual (better); something different probably "
        "happened."
    ),
    FAR_OUTSIDE[ChangeFound.WORSENING, -1]: _(
        "The days up to {month} were far fewer than usual (worse); something different probably "
        "happened."
    ),
    FAR_OUTSIDE[ChangeFound.LOWER, -1]: _(
        "The days up to {month} were far fewer than usual; something different probably happened."
    ),
}


def _numbers_cut(n: int) -> str:
    said = ngettext(
        "The chart shows the latest number.",
        "The chart shows the latest %(n)s numbers. The file has all of them.",
        n,
    )
    return said % {"n": n}


def _days_cut(n: int) -> str:
    return gettext("The chart shows the latest days. The file has all of them.")


def _few_numbers(n: int) -> str:
    return ngettext(
        "There is %(count)d number since the start. More are needed to tell.",
        "There are %(count)d numbers since the start. More are needed to tell.",
        n,
    ) % {"count": n}


def _few_times(n: int) -> str:
    return ngettext(
        "It has happened %(count)d time since the start. More are needed to tell.",
        "It has happened %(count)d times since the start. More are needed to tell.",
        n,
    ) % {"count": n}


NUMBERS = KindWords(
    add=_("Add a number"),
    add_for=_("Add the number for %(period)s"),
    save=_("Save the number"),
    none_given=_("Write a number, or say that there is none for this period."),
    none=_("no number"),
    there=_("%(period)s has its number already. You can correct that one."),
    taken_back=_("%(period)s has its number already. You can correct that one."),
    not_over=_("The numbers for %(period)s can be written down once it is over."),
    correct=_("Correct a number"),
    correct_for=_("Correct the number for %(period)s"),
    kept=_("The old number and your reason stay on record."),
    take_out=_("There is no number"),
    noted=_("Numbers that were late, missing, unusual or corrected"),
    bring_in=_("Bring in a file of numbers"),
    file=_(
        "One row for each period, with a row above that names the columns. Numbers about groups "
        "only: no names, dates of birth or record numbers. At most 5 MB."
    ),
    nothing_yet=_("There are no numbers yet"),
    begin=_("Add the first one. From 10 numbers on, the chart can tell a real change from luck."),
    cut=_numbers_cut,
    latest=_("%(value)s in %(period)s"),
    usual_middle=_("The usual middle so far is %(value)s."),
    none_since=_("There is no number since the start yet, so there is nothing to compare."),
    few_since=_few_numbers,
)

VALUES = replace(
    NUMBERS,
    add=_("Add values"),
    add_for=_("Add the values for %(period)s"),
    save=_("Save the values"),
    correct_for=_("Correct the values for %(period)s"),
    file=_(
        "One row for each value, with its date. Or one row for each period, with all its values in "
        "one cell. A row above names the columns. Only dates and values: no names, dates of birth "
        "or record numbers. At most 5 MB."
    ),
)

DAYS = KindWords(
    add=_("Write down a day"),
    add_for=_("Write down a day"),
    save=_("Save the day"),
    number=_("How many times on that day?"),
    none_given=_("Write how many times it happened: 1 or more."),
    none=_("it did not happen"),
    there=_(
        "%(period)s is there already, with %(times)s. If it happened again on that day, correct "
        "the day and write how many times it was in all."
    ),
    taken_back=_("%(period)s was written down before, and taken back. Correct that day instead."),
    not_over=_("%(period)s is still to come. Choose a day that has been."),
    correct=_("Correct a day"),
    correct_for=_("Correct %(period)s"),
    kept=_("What is there now and your reason stay on record."),
    take_out=_("It did not happen that day"),
    noted=_("Days that were taken back or corrected"),
    bring_in=_("Bring in a file of days"),
    file=_(
        "One row for each time, with its date. Or one row for each day, with how many times. A row "
        "above names the columns. No names, dates of birth or record numbers. At most 5 MB."
    ),
    how_many=_("Which column says how many times it happened on that day?"),
    row_is_one=_("None: each row is one time"),
    row_without=_("Write how many times it happened on that day, or take the row out."),
    nothing_yet=_("No day is written down yet"),
    begin=_(
        "Write down each day on which it happens. From 10 times on, the chart can tell a real "
        "change from luck."
    ),
    how_to_read=_(
        "Each point on the chart is one time that it happened. Its height is the number of days "
        "since the time before."
    ),
    cut=_days_cut,
    titled=_("%(name)s: days between"),
    latest=_("%(value)s between, up to %(period)s"),
    usual_middle=_("The usual middle so far is %(value)s from one time to the next."),
    misfit=_("Days on which it happened more than once fit a G chart."),
    none_since=_("It has not happened since the start, so there is nothing to compare yet."),
    few_since=_few_times,
    instead=OF_DAYS,
)
