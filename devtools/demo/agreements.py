"""Riverside's agreements with the company that runs the portal for it; both are made up."""

from devtools.demo.story import BEGAN, Story
from privacy.agreements import actions
from privacy.agreements.models import AgreementKind

PARTNER = "Millrace Hosting Cooperative"


def write(story: Story) -> None:
    """Riverside is a Part 2 program: it records both agreements before anybody else is added."""
    story.on(BEGAN - 3, _agree, story, hour=7)


def _agree(story: Story) -> None:
    today, by = story.agency.today(), story["ada"]
    actions.say_part2(part2=True, by=by)
    for kind in (AgreementKind.BUSINESS_ASSOCIATE, AgreementKind.SERVICE_ORGANIZATION):
        actions.record(kind=kind, partner=PARTNER, signed_on=today, since=today, by=by)
