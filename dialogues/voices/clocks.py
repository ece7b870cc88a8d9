"""The deadlines promised to people who speak: one function for every page that names them."""

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
    """The deadlines for words said on this day.

    They are stored with the words, so that a later change of the agency's numbers changes no
    promise.
    """
    hear_by = on + HEAR.span(agency, on)
    return Promise(
        look_by=workdays.after(on, FIRST_LOOK.value(agency, on)),
        hear_by=hear_by,
        reply_by=hear_by + REPLY.span(agency, on),
    )
