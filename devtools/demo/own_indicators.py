"""Three indicators of the agency's own, one from each source; and a draft."""

from decimal import Decimal
from typing import Unpack

from devtools.demo.story import Story
from measures.local.actions import LocalFields, attest, confirm_test, define, publish
from measures.local.models import LocalGoal, LocalIndicator, LocalReaders, LocalSource


def write(story: Story) -> None:
    story.on(64, _from_measure, story)
    story.on(58, _on_word, story)
    story.on(51, _counted, story)
    story.on(20, _attest, story)
    story.on(9, _draft, story)


def _published(story: Story, reason: str, **fields: Unpack[LocalFields]) -> LocalIndicator:
    version = confirm_test(define(**fields, by=story["ada"]), seen=1, by=story["ada"])
    publish(version, since=story.agency.today(), reason=reason, by=story["ada"])
    return version.indicator


def _helped(story: Story, goal: int, name: str, definition: str, readers: str) -> LocalFields:
    return {
        "name": name,
        "definition": definition,
        "readers": readers,
        "source": LocalSource.MEASURE,
        "measure": story.measures["helped"],
        "counted": "",
        "direction": LocalGoal.AT_LEAST,
        "goal": Decimal(goal),
        "months": None,
    }


def _from_measure(story: Story) -> None:
    _published(
        story,
        "The committee wants to see it at each review.",
        **_helped(
            story,
            60,
            "People help to make their plan",
            "Most people took part when their own plan was made.",
            LocalReaders.EVERYBODY,
        ),
    )


def _on_word(story: Story) -> None:
    story.peers = _published(
        story,
        "Asked for in the dialogue on first visits.",
        name="A peer is there at each first visit",
        definition="Nobody has to come alone: a peer can be there from the first minute.",
        source=LocalSource.ATTESTED,
        measure=None,
        counted="",
        direction="",
        goal=None,
        months=6,
        readers=LocalReaders.EVERYBODY,
    )


def _counted(story: Story) -> None:
    _published(
        story,
        "Dialogues had become rare before, and nobody noticed for half a year.",
        name="We keep talking with each other",
        definition="Consumers and staff sit down together before the thread is lost.",
        source=LocalSource.RECORDS,
        measure=None,
        counted="sessions",
        direction=LocalGoal.AT_LEAST,
        goal=Decimal(3),
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
        **_helped(
            story,
            90,
            "Everybody helps to make their plan",
            "Nearly all people took part when their own plan was made.",
            LocalReaders.OVERSIGHT,
        ),
        by=story["ada"],
    )
