"""Two indicators of the agency's own: one from a measure, one attested by name; and a draft."""

from decimal import Decimal
from typing import Any

from devtools.demo.story import Story
from measures.local.actions import attest, confirm_test, define, publish
from measures.local.models import LocalGoal, LocalIndicator, LocalReaders, LocalSource


def write(story: Story) -> None:
    story.on(64, _from_measure, story)
    story.on(58, _on_word, story)
    story.on(20, _attest, story)
    story.on(9, _draft, story)


def _published(story: Story, reason: str, **fields: Any) -> LocalIndicator:
    version = confirm_test(define(**fields, by=story["ada"]), seen=1, by=story["ada"])
    publish(version, since=story.agency.today(), reason=reason, by=story["ada"])
    return version.indicator


def _helped(story: Story, goal: int) -> dict[str, Any]:
    return {
        "source": LocalSource.MEASURE,
        "measure": story.measures["helped"],
        "direction": LocalGoal.AT_LEAST,
        "goal": Decimal(goal),
        "months": None,
    }


def _from_measure(story: Story) -> None:
    _published(
        story,
        "The committee wants to see it at each review.",
        name="People help to make their plan",
        definition="Most people took part when their own plan was made.",
        readers=LocalReaders.EVERYBODY,
        **_helped(story, 60),
    )


def _on_word(story: Story) -> None:
    story.peers = _published(
        story,
        "Asked for in the dialogue on first visits.",
        name="A peer is there at each first visit",
        definition="Nobody has to come alone: a peer can be there from the first minute.",
        source=LocalSource.ATTESTED,
        measure=None,
        direction="",
        goal=None,
        months=6,
        readers=LocalReaders.EVERYBODY,
    )


def _attest(story: Story) -> None:
    attest(
        story.peers,
        holds=True,
        evidence="The roster of peers for October and November, seen at the meeting.",
        by=story["june"],
    )


def _draft(story: Story) -> None:
    define(
        name="Everybody helps to make their plan",
        definition="Nearly all people took part when their own plan was made.",
        readers=LocalReaders.OVERSIGHT,
        **_helped(story, 90),
        by=story["ada"],
    )
