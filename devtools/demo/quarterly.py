"""Two Quarterly Accounts: one is out, with management's reply, and the next is being written."""

from devtools.demo.story import Story
from foundation.quarters import before, quarter_of
from groups.actions import settle_in_writing, take_position
from groups.models import Choice
from groups.tally import voters
from quarterly.actions import ask_consumers, begin_account, reply, tell_everybody

# After the reviews of the same quarters.
FIRST, SECOND = 123, 13
MEMBERS = "june priya theo imani lena carol"
OPENING = (
    "This was the quarter in which we began to be asked. Many of us spoke up for the first time, "
    "and the wait at the front desk got shorter. What came of the other things that we said, we "
    "mostly don’t know yet."
)
NEXT_OPENING = (
    "Missed visits were our main topic. Reminders on the phone help. We still want to hear sooner "
    "what came of what we said."
)


def write(story: Story) -> None:
    story.on(FIRST, _begin, story, OPENING)
    story.on(FIRST - 1, _ask, story)
    story.on(FIRST - 11, lambda: settle_in_writing(story.decisions["account"]))
    story.on(FIRST - 15, _answer, story, "Thank you. Replies still take too long, and we know it.")
    story.on(SECOND, _begin, story, NEXT_OPENING)


def _begin(story: Story, opening: str) -> None:
    """That of the quarter that was over by then."""
    quarter = before(quarter_of(story.agency.today()))
    story.account = begin_account(since=quarter.since, opening=opening, by=story["june"])


def _ask(story: Story) -> None:
    decision = ask_consumers(story.account, by=story["june"]).decision
    assert decision is not None
    story.decisions["account"] = decision
    voting = voters(decision, story.agency.today())
    for member in story.everyone(MEMBERS):
        if member.pk in voting:
            take_position(decision, member=member, choice=Choice.AGREE)


def _answer(story: Story, text: str) -> None:
    tell_everybody(reply(story.account, text=text, by=story["mona"]))
