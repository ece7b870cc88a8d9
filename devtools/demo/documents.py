"""The governing documents: drafted, put before two bodies, rated, and once rewritten."""

from collections.abc import Mapping, Sequence
from typing import Any

from devtools.demo import document_texts as texts
from devtools.demo.story import Story
from devtools.demo.texts import NOT_ALL_CAME
from documents.actions import (
    STEP_FIELDS,
    add_step,
    draft,
    enter_terms,
    propose_for_ratification,
    rate,
)
from documents.models import DocumentKind, Form
from groups.actions import close_decision, take_position
from groups.models import Choice, Decision, DecisionStatus, GroupKind

MISSION, PROCESS, CHARTER = DocumentKind.MISSION, DocumentKind.PROCESS, DocumentKind.CHARTER
COMMITTEE, BOARD = "june theo imani lena priya", "ruth peter bernice harold tessa"
LACKED = {"productivity", "needs_before_protocols"}
Steps = Sequence[tuple[str, ...]]
Terms = Mapping[str, Any]
IN_SENTENCES = texts.PROCESS_IN_SENTENCES


def write(story: Story) -> None:
    """The first mission lacked two items; the second has them, so the process is rewritten."""
    _pass(story, CHARTER, 540, texts.CHARTER_FIRST, "june", terms=texts.CHARTER_TERMS)
    _pass(story, MISSION, 506, texts.MISSION_FIRST, "ada")
    story.on(474, _rate_mission, story, "rosa dan walter daniel imani", LACKED)
    _pass(story, PROCESS, 470, texts.PROCESS_FIRST, "femi", IN_SENTENCES.format(mission=1))
    story.on(444, _rate_process, story, "walter daniel rosa dan theo", {"appeal", "feedback"})
    _pass(story, MISSION, 240, texts.MISSION_SECOND, "june")
    story.on(212, _rate_mission, story, "rosa theo dan amara daniel", set())
    process = texts.PROCESS_SECOND.format(mission=2)
    _pass(story, PROCESS, 205, process, "femi", steps=texts.PROCESS_STEPS)
    story.on(178, _rate_process, story, "rosa walter imani daniel dan", set())
    # The committee and the board are deciding on this now.
    second = texts.CHARTER_TERMS_SECOND
    story.on(12, _draft, story, CHARTER, texts.CHARTER_SECOND, "june", "", (), second)
    story.on(6, _propose, story, CHARTER, "june")
    story.on(4, _agree, story, CHARTER, GroupKind.COMMITTEE, "priya imani", hour=12)
    # This is still being written.
    steps = (*texts.PROCESS_STEPS, texts.OTHER_CELLS)
    story.on(3, _draft, story, PROCESS, process, "femi", "", steps)


def _pass(
    story: Story,
    kind: DocumentKind,
    ago: int,
    text: str,
    by: str,
    in_sentences: str = "",
    steps: Steps = (),
    terms: Terms | None = None,
) -> None:
    """Drafted, proposed four days later, adopted by the committee and then by the board."""
    story.on(ago, _draft, story, kind, text, by, in_sentences, steps, terms)
    story.on(ago - 4, _propose, story, kind, by)
    story.on(ago - 11, _agree, story, kind, GroupKind.COMMITTEE, COMMITTEE)
    story.on(ago - 11, _adopt, story, kind, GroupKind.COMMITTEE, "june", hour=15)
    story.on(ago - 18, _agree, story, kind, GroupKind.GOVERNING_BODY, BOARD)
    story.on(ago - 18, _adopt, story, kind, GroupKind.GOVERNING_BODY, "bernice", hour=15)


def _draft(
    story: Story,
    kind: DocumentKind,
    text: str,
    by: str,
    in_sentences: str,
    steps: Steps = (),
    terms: Terms | None = None,
) -> None:
    form = Form.STEPS if steps else Form.CHART if in_sentences else Form.NARRATIVE
    version = draft(kind, text=text, form=form, text_equivalent=in_sentences, by=story[by])
    story.versions[kind] = version
    for words in steps:
        add_step(version, **dict(zip(STEP_FIELDS, words, strict=True)), by=story[by])
    if terms is not None:
        enter_terms(version, **terms, by=story[by])


def _propose(story: Story, kind: DocumentKind, by: str) -> None:
    propose_for_ratification(story.versions[kind], by=story[by])


def _decision(story: Story, kind: DocumentKind, body: GroupKind) -> Decision:
    about = Decision.objects.within(story.agency).filter(
        subject_type="document_version", subject_id=story.versions[kind].pk
    )
    return about.get(group__kind=body, status=DecisionStatus.OPEN)


def _agree(story: Story, kind: DocumentKind, body: GroupKind, members: str) -> None:
    decision = _decision(story, kind, body)
    for member in story.everyone(members):
        take_position(decision, member=member, choice=Choice.AGREE)


def _adopt(story: Story, kind: DocumentKind, body: GroupKind, by: str) -> None:
    close_decision(_decision(story, kind, body), by=story[by], waiver=NOT_ALL_CAME)


def _rate_mission(story: Story, raters: str, lacked: set[str]) -> None:
    _rate(story, MISSION, raters, texts.MISSION_WORDS, lacked)


def _rate_process(story: Story, raters: str, lacked: set[str]) -> None:
    _rate(story, PROCESS, raters, texts.PROCESS_WORDS, lacked)


def _rate(
    story: Story, kind: DocumentKind, raters: str, words: Mapping[str, str], lacked: set[str]
) -> None:
    """Each rater says for each item whether it is there, and in which words."""
    for rater in story.everyone(raters):
        rate(
            story.versions[kind],
            rater=rater,
            answers={
                code: (code not in lacked, "" if code in lacked else found)
                for code, found in words.items()
            },
        )
