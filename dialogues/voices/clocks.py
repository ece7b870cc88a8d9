"""The days that are promised to somebody who says something: one function for all who tell them."""

from dataclasses import dataclass
from datetime import date

from dialogues.policies import FIRST_LOOK, HEAR, REPLY
from foundation import workdays
from foundation.models import Agency


@dataclass(frozen=True)
class Promise:
    """The last days on which something is on time."""

    look_by: date
    hear_by: date
    reply_by: date


def promised(agency: Agency, on: date) -> Promise:
    """For words that are said on this day.

    It is written beside the words, so that a number that the agency changes later changes no
    promise that was given.
    """
    hear_by = on + HEAR.span(agency, on)
    return Promise(
        look_by=workdays.after(on, FIRST_LOOK.value(agency, on)),
        hear_by=hear_by,
        reply_by=hear_by + REPLY.span(agency, on),
    )
