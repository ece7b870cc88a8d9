"""Two reviews of the oversight committee: findings, recommendations, management's answers."""

from datetime import timedelta

from accounts.actions import pause_access
from accounts.models import PauseReason
from devtools.committee import agree, close_recommendation, close_review, judge, recommend
from devtools.demo.story import Story
from evidence.actions import keep, seal_due
from foundation.quarters import before, quarter_of
from groups.actions import take_position
from groups.models import Choice
from oversight.actions import (
    add_to_minutes,
    escalate,
    give_response,
    open_review,
    prepare_minutes,
    prepare_recommendation,
    record_finding,
    report_done,
)
from oversight.models import ApprovedMinutes, FindingKind, ManagementAnswer
from oversight.recognizable import names_and_parts, without_names

STRENGTH, CONCERN = FindingKind.STRENGTH, FindingKind.CONCERN
FIRST, SECOND = 128, 16
# How many days ago the committee met.
EACH = 42
MEETINGS = range(528, 0, -EACH)
ANSWER_TO = "Ada Flores, 555-0121, or 40 Mill Road, first floor"

TOLD = "Tell people within a month what came of what they said"
MATERIALS = "Send papers a week before, in plain words"
COUNCIL = "Two more seats for people who use services in the council"
DESK = "Let people who come by bus sign in before the first bus leaves"
SESSIONS = "Free two hours a month for staff to take part in dialogues"


def write(story: Story) -> None:
    """The first review is closed, the second is open.

    Recommendations stand in all stages: one awaits an answer, another a judgement, a promise is
    overdue, which the board's chair was told, and a report waits to be verified. One is before the
    committee. The committee reviews the
    pause of one of its members. It approved the minutes of each meeting in the next one; the last
    ones wait for it.
    """
    story.on(FIRST, _open, story, hour=14)
    story.on(FIRST, _first, story, hour=15)
    # The first days are sealed together; from then on the nights follow one another.
    story.on(FIRST - 2, seal_due, story.agency, hour=9)
    story.on(
        FIRST - 2, _close, story, "Much has begun. What is missing is telling people.", hour=17
    )
    story.on(
        FIRST - 12,
        _respond,
        story,
        TOLD,
        ManagementAnswer.PARTLY,
        "We can do it in six weeks.",
        "One person gathers the replies each month.",
        60,
    )
    story.on(FIRST - 15, _send_back, story)
    story.on(
        FIRST - 27,
        _respond,
        story,
        TOLD,
        ManagementAnswer.ACCEPT,
        "You are right. A month is long enough.",
        "One person answers for it now, and looks at the list each week.",
        45,
    )
    story.on(FIRST - 31, _accept, story, TOLD)
    story.on(
        FIRST - 78, _report, story, TOLD, "The list of replies since spring, each with its day."
    )
    story.on(FIRST - 82, _carry_out, story, TOLD, "All replies since spring came within 30 days.")
    story.on(
        FIRST - 20,
        _respond,
        story,
        MATERIALS,
        ManagementAnswer.ACCEPT,
        "We will. People have waited long for this.",
        "The first papers go out next week, with a word list.",
        30,
    )
    story.on(FIRST - 24, _accept, story, MATERIALS)
    story.on(FIRST - 70, _escalate, story, MATERIALS)
    story.on(
        FIRST - 21,
        _respond,
        story,
        DESK,
        ManagementAnswer.ACCEPT,
        "It costs us nothing but an hour at the desk.",
        "The desk opens at seven on Tuesdays and Thursdays.",
        90,
    )
    story.on(FIRST - 25, _accept, story, DESK)
    story.on(4, _report, story, DESK, "The desk has opened at seven since October. See its log.")
    story.on(SECOND, _open, story, hour=14)
    story.on(SECOND, _second, story, hour=15)
    story.on(
        SECOND - 9,
        _respond,
        story,
        SESSIONS,
        ManagementAnswer.PARTLY,
        "Two hours a month for each is more than we have. One hour we can do.",
        "From January on, each team has one hour a month for dialogues in its plan.",
        60,
    )
    for ago in MEETINGS[:-1]:
        story.on(ago - EACH, _approve_minutes, story, ago, hour=21)
    story.on(20, _add_to_minutes, story, MEETINGS[-2])
    story.on(2, _before_the_committee, story)
    story.on(1, _pause, story, "lena")
    story.at_last(keep, story.agency)


def _open(story: Story) -> None:
    quarter = before(quarter_of(story.agency.today()))
    story.review = open_review(since=quarter.since, by=story["june"])


def _find(
    story: Story, indicator: str, kind: FindingKind, text: str, title: str = "", asked: str = ""
) -> None:
    """A finding; with a title, also a recommendation that follows from it."""
    june = story["june"]
    finding = record_finding(story.review, indicator=indicator, kind=kind, text=text, by=june)
    if title:
        story.recommendations[title] = recommend(
            finding,
            title=title,
            text=asked,
            owner=story["mona"],
            due=story.agency.today() + timedelta(days=90),
            by=june,
        )


def _first(story: Story) -> None:
    _find(story, "compensation", STRENGTH, "Payments come on time. People notice.")
    _find(
        story,
        "dialogues",
        CONCERN,
        "People speak, and then it is quiet. Some have waited for months to hear what came of it.",
        TOLD,
        "Whoever says something in a dialogue hears within 30 days what becomes of it. One person "
        "answers for this.",
    )
    _find(
        story,
        "satisfaction",
        CONCERN,
        "The lowest answers are about being prepared and about plain words.",
        MATERIALS,
        "Papers for each meeting are sent a week before. Nothing longer than two pages.",
    )
    _find(
        story,
        "membership",
        CONCERN,
        "People who live far out come late to meetings, since the desk opens after the bus.",
        DESK,
        "Open the desk earlier on days of meetings.",
    )


def _second(story: Story) -> None:
    _find(story, "satisfaction", STRENGTH, "Being told back has gone up the most. Thank you.")
    _find(
        story,
        "membership",
        CONCERN,
        "In the Safe and Welcoming Places Council, people who use services are too few. They know "
        "the rooms best.",
        COUNCIL,
        "Find and invite people, together with those who take part already. Meet at a time when "
        "buses run.",
    )
    _find(
        story,
        "dialogues",
        CONCERN,
        "No dialogue has met for weeks, because staff could not get away.",
        SESSIONS,
        "Staff get two hours a month to take part in a dialogue, on paid time.",
    )


def _close(story: Story, summary: str) -> None:
    close_review(story.review, summary=summary, by=story["june"], read_again=True)


def _respond(
    story: Story, title: str, answer: ManagementAnswer, reason: str, will_do: str, days: int
) -> None:
    give_response(
        story.recommendations[title],
        answer=answer,
        reason=reason,
        actions=will_do,
        actions_by=story.agency.today() + timedelta(days=days),
        by=story["mona"],
    )


def _send_back(story: Story) -> None:
    judge(
        story.recommendations[TOLD],
        satisfactory=False,
        reason="Six weeks is what people wait now. Please say how it can be a month.",
        by=story["june"],
    )


def _accept(story: Story, title: str) -> None:
    judge(story.recommendations[title], satisfactory=True, by=story["june"])


def _carry_out(story: Story, title: str, evidence: str) -> None:
    close_recommendation(story.recommendations[title], evidence=evidence, by=story["june"])


def _report(story: Story, title: str, evidence: str) -> None:
    report_done(story.recommendations[title], evidence=evidence, by=story["mona"])


def _escalate(story: Story, title: str) -> None:
    escalate(story.recommendations[title])


def _before_the_committee(story: Story) -> None:
    """A recommendation that June prepared, and on which not everybody has a view yet."""
    june = story["june"]
    finding = record_finding(
        story.review,
        indicator="compensation",
        kind=CONCERN,
        text="Some people do not know whom to ask when a payment looks wrong.",
        by=june,
    )
    step = prepare_recommendation(
        finding,
        title="Print whom to ask about pay on each statement",
        text="Each statement says whom to call or visit when a payment looks wrong.",
        owner=story["mona"],
        due=story.agency.today() + timedelta(days=60),
        read_again=True,
        by=june,
    )
    assert step.decision is not None
    take_position(step.decision, member=story["priya"], choice=Choice.AGREE)


def _approve_minutes(story: Story, ago: int) -> None:
    """The minutes of a meeting, approved in the next one."""
    june, meeting = story["june"], story.meetings["committee", ago]
    meeting.refresh_from_db()
    text = without_names(meeting.minutes, names_and_parts(story.agency))
    agree(prepare_minutes(meeting, open_text=text, read_again=True, by=june), by=june)


def _add_to_minutes(story: Story, ago: int) -> None:
    minutes = ApprovedMinutes.objects.within(story.agency)
    add_to_minutes(
        minutes.get(meeting=story.meetings["committee", ago]),
        text="The lunch is on Wednesdays now, not on Tuesdays. Two have said that they will come.",
        read_again=True,
        by=story["priya"],
    )


def _pause(story: Story, key: str) -> None:
    """She lost the sheet with her sign-in codes on a bus."""
    pause_access(
        story[key],
        reason=PauseReason.TAKEN_OVER,
        answer_to=ANSWER_TO,
        by=story["ada"],
    )
