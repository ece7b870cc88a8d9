"""Builds the demo agency: its parts add their acts to the story, which is then played."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from accounts.actions import found_agency
from devtools.demo import (
    agreements,
    cells,
    charts,
    concerns,
    cycles,
    dialogues,
    documents,
    groups,
    money,
    numbers,
    oversight,
    own_indicators,
    people,
    plans,
    quarterly,
    safety,
    surveys,
)
from devtools.demo.story import Story, begin
from foundation import tenancy
from foundation.models import Agency

PARTS = (
    agreements,
    people,
    safety,
    groups,
    documents,
    money,
    dialogues,
    cells,
    numbers,
    plans,
    charts,
    cycles,
    surveys,
    oversight,
    own_indicators,
    concerns,
    quarterly,
)


def is_there() -> bool:
    """Whether the demo agency exists in this database."""
    return Agency.objects.filter(slug=people.AGENCY).exists()


def build(told: Callable[[int, int], None] | None = None) -> Story:
    """Found the agency eighteen months ago, and let it live until now; `told` hears how far."""
    story = begin(
        lambda: found_agency(
            slug=people.AGENCY,
            name=people.NAME,
            timezone=people.ZONE,
            administrator=people.FOUNDER[0],
            email=people.FOUNDER[1],
        ),
        ZoneInfo(people.ZONE),
    )
    for part in PARTS:
        part.write(story)
    with tenancy.entering(story.agency):
        story.tell(told)
    return story
