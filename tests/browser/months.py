"""What each role does in a month in the demo, from home by links, and how often."""

from datetime import timedelta
from time import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils.formats import date_format
from django.utils.timezone import now

from devtools.personas import SECRET
from foundation import tenancy
from groups.models import Meeting
from tests.browser.month import Hand, Task

PASSWORD = "four quiet rivers bend"
PERIOD = 30  # seconds for which a code holds


def sign_in(hand: Hand) -> None:
    """From the front door: a password, and a code for those who need a second factor."""
    user = hand.member.user
    assert user is not None
    assert user.email is not None
    hand.page.goto("/")
    hand.write("Your e-mail address or member name", user.email)
    hand.write("Your password", PASSWORD).press("Sign in")
    if "One more step" in hand.page.title():
        code = str(format_hotp_value(hotp_value(SECRET, int(time()) // PERIOD)))
        hand.write("The code from your app or your list", code).press("Sign in")
    hand.sees("Hello")


# What a facilitator of two cells and a dialogue does. Both cells meet every second week, and so
# does the dialogue; each month each cell ranks its ideas once, and chooses.
COMMITTEE = "Oversight Committee"
CELL, DIALOGUE, PLAN = "Planning Together", "The first weeks at home", "Write plans in plain words"
OVER = "Getting Here"
PHONE, OTHERS = (
    "Tell people on the phone which bus to take",
    ("Bus cards that people can borrow", "Start first visits after the bus arrives"),
)
MORE = "more things that wait for you"
TEA, NOON = "We offer tea at the door.", "We meet at noon from May on."


def _next_meeting(hand: Hand, group: str) -> str:
    """The day of its next meeting, as links to it say it."""
    agency = hand.member.agency
    # Pages use this connection too, and left the agency that the test believes to be in.
    with tenancy.entering(None), tenancy.entering(agency):
        meetings = Meeting.objects.within(agency).filter(group__name=group, starts_at__gt=now())
        starts = meetings.order_by("starts_at").first()
    assert starts is not None, f"{group} has no meeting to come"
    return date_format(starts.starts_at.astimezone(agency.zone), "l, F j")


def look_at_what_waits(femi: Hand) -> None:
    femi.start().follow("See everything that waits for you")


def prepare_a_meeting(femi: Hand) -> None:
    femi.start().follow(CELL).follow(_next_meeting(femi, CELL)).follow("See what to arrange")


def record_a_meeting(femi: Hand) -> None:
    femi.start()
    _record(femi)


def _record(femi: Hand) -> None:
    femi.follow("Record the meeting")
    for row in femi.page.locator(".app-came__item label").all()[:6]:
        femi.taps += 1
        row.click()
    for number, (text, answer) in enumerate(((TEA, "agreed"), (NOON, "not agreed")), 1):
        femi.write(f"Decision {number}, in one sentence", text)
        femi.taps += 1
        group = femi.page.get_by_role("group", name=f"Decision {number}: was it agreed?")
        group.get_by_label(f"It was {answer}", exact=True).check()
    femi.press("Go on").press("Save")


def write_minutes(femi: Hand) -> None:
    femi.follow("Write the minutes")
    femi.write("What was said and agreed?", "We looked at the chart, and chose what to try next.")
    femi.press("Save the minutes")


def close_a_vote(femi: Hand) -> None:
    femi.start().follow("The last day to vote is over")
    femi.follow("Close the vote and count").press("Close the vote and count")


def propose_an_idea(femi: Hand) -> None:
    femi.start().follow(OVER).follow("Propose one idea").tick(PHONE)
    femi.write("Why this one?", "Most lose their way.").press("Bring it to the cell")


def write_down_a_decision(femi: Hand) -> None:
    """As the cell decided it in a room."""
    femi.start().follow(OVER).follow("Say what you think").follow("Write down how it was decided")
    femi.tick("It was agreed").write("How many agreed?", 5)
    why = "If it was a while ago: why is it written down only now?"
    femi.write(why, "The paper was in a drawer.").press("Save")


def start_a_vote(femi: Hand) -> None:
    femi.start().follow(OVER).follow("See all improvement ideas").follow("Start a vote")
    femi.tick("Each person has a few votes", *OTHERS)
    femi.write("What is the last day to vote?", femi.today + timedelta(days=7))
    femi.press("Start the vote")


def write_a_theme(femi: Hand) -> None:
    femi.start().follow("Dialogues").follow(DIALOGUE).follow("Read what people said").follow(
        "Write down a theme"
    )
    femi.page.locator("main input[type=checkbox]").first.check()
    femi.taps += 1
    femi.write("Name the theme in one sentence", "Somebody to call on the first evening")
    femi.press("Keep this theme")


def take_a_theme_to_a_cell(femi: Hand) -> None:
    femi.start().follow("Dialogues").follow(DIALOGUE).follow("Work on this theme").follow(
        "Take it to a cell"
    )
    femi.pick("Which cell should take it up?", CELL).tick("Something to make better")
    femi.press("Give it to the cell")


def reply_to_a_theme(femi: Hand) -> None:
    femi.start().follow("Dialogues").follow(DIALOGUE).follow("Work on this theme").follow(
        "Say that something else"
    )
    femi.tick("We can answer it now").write("The answer", "There is a number since Monday.")
    femi.press("Say it")


def enter_a_number(femi: Hand) -> None:
    femi.start().follow("Measures").follow("Falls in the house").follow("Write down a day")
    femi.write("On which day did it happen?", femi.today).write("How many times on that day?", 1)
    femi.press("Save the day")


def check_on_a_step(femi: Hand) -> None:
    femi.start().follow(CELL).follow(PLAN).follow("Read ten plans together")
    femi.follow("Change this step").write("By when?", femi.today + timedelta(days=30)).press("Save")


def look_how_it_goes(femi: Hand) -> None:
    femi.start().follow(CELL).follow(PLAN).follow("Write down how it goes")
    femi.write("What do you see?", "Two of ten needed more time.").tick("Go on as planned")
    femi.press("Save")


def write_down_a_test(femi: Hand) -> None:
    femi.start().follow(CELL).follow(PLAN).follow("Test 3")
    femi.follow("Write down what happens").write("What happened?", "It went well.")
    femi.write("What did nobody expect?", "It rained.").press("Save: the test is over")


FACILITATOR = (
    Task("Look at what waits", 8, look_at_what_waits),
    Task("Prepare a meeting", 6, prepare_a_meeting),
    Task("Record a meeting", 6, record_a_meeting),
    Task("Write the minutes", 6, write_minutes),
    Task("Close a vote", 2, close_a_vote),
    Task("Propose an idea", 2, propose_an_idea),
    Task("Write down a decision", 2, write_down_a_decision),
    Task("Start a vote", 2, start_a_vote),
    Task("Write down a theme", 4, write_a_theme),
    Task("Take a theme to a cell", 1, take_a_theme_to_a_cell),
    Task("Reply to a theme", 3, reply_to_a_theme),
    Task("Enter a number", 4, enter_a_number),
    Task("Change a late step", 4, check_on_a_step),
    Task("Look how it goes", 2, look_how_it_goes),
    Task("Write down a test", 2, write_down_a_test),
)


# A consumer, on an old phone.


def vote(rosa: Hand) -> None:
    rosa.start().follow("Vote on what comes first").tick("Let me change a goal by phone")
    rosa.press("Put my vote in the box")


def read_the_agenda(rosa: Hand) -> None:
    rosa.start().follow("See the agenda")


def say_what_i_need(rosa: Hand) -> None:
    rosa.start().follow("See the agenda").follow("Say what I need")
    rosa.tick("A room without steps").press("Save")


def say_something(rosa: Hand) -> None:
    rosa.start().follow("Have your say").follow("Say something now")
    rosa.tick("What has it been like for you here?")
    rosa.write("What do you want to say?", "I was asked before they decided. That was good.")
    rosa.tick("Nobody. Show my words without a name").press("Send")


def share_an_idea(rosa: Hand) -> None:
    rosa.start().follow("Share an improvement idea").tick("Something to make better")
    rosa.write("Say it in a few words", "A bench by the front door")
    rosa.tick("Getting Here: Buses, rides and the way to us").press("Send my idea")


def see_what_came_of_it(rosa: Hand) -> None:
    rosa.start().follow("See the whole story")


def see_my_payments(rosa: Hand) -> None:
    rosa.start().follow("See all my payments")


def ask_for_money_back(rosa: Hand) -> None:
    rosa.start().follow("My payments").follow("Ask for money back")
    rosa.follow("A bus, train or taxi")
    rosa.write("What was it for?", "A bus ticket").write("How many dollars?", "2.75")
    rosa.write("On which day?", rosa.today)
    rosa.write("No receipt? Tell us why", "The machine gave none.").press("Send it")


CONSUMER = (
    Task("Look at home", 4, lambda rosa: rosa.start()),
    Task("Vote", 2, vote),
    Task("Read the agenda", 4, read_the_agenda),
    Task("Say what I need", 1, say_what_i_need),
    Task("Say something", 2, say_something),
    Task("Share an idea", 1, share_an_idea),
    Task("See what came of it", 2, see_what_came_of_it),
    Task("See my payments", 2, see_my_payments),
    Task("Ask for money back", 4, ask_for_money_back),
)


# Who approves, once a week; two questions a month.


def send_one_back(aaron: Hand) -> None:
    aaron.start().follow("Approve payments")
    aaron.taps += 1
    aaron.page.get_by_text("Show 2 lines").first.click()
    aaron.follow("Send it back with a question")
    aaron.write("What do you want to ask?", "Who looked after them?").press("Send it back")


def approve(aaron: Hand) -> None:
    """Everybody on the page is ticked; the review names them with their sums."""
    aaron.start().follow("Approve payments").press("Review what is ticked")
    aaron.press("Approve these lines").sees("Approved:")


APPROVER = (Task("Send a line back", 2, send_one_back), Task("Approve lines", 4, approve))


# Who chairs the oversight committee, in the month of its review.


def go_through_the_indicators(june: Hand) -> None:
    june.start().follow("Oversight").follow("See the reviews").follow("July to September")
    june.follow("The mission statement honors")
    for _each in range(6):
        june.follow("Go on to the next")


def write_a_finding(june: Hand) -> None:
    june.start().follow("Oversight").follow("Go on with the review").follow(
        "Consumers and providers"
    )
    june.follow("Write down a finding").tick("Something that goes well", "No")
    june.write("What did the committee find?", "They meet each month.").press("Write it down")


def prepare_the_committee(june: Hand) -> None:
    june.start().follow("Oversight").follow(_next_meeting(june, COMMITTEE))
    june.follow("See what to arrange")


def record_the_committee(june: Hand) -> None:
    june.start().follow(MORE)
    _record(june)


def judge_an_answer(june: Hand) -> None:
    june.start().follow(MORE).follow("Prepare what the committee decides about the answer")
    june.follow("Prepare the committee’s judgement")
    june.tick("Yes, the committee accepts it").press("Put it to the committee")
    june.tick("I agree").press("Send my view")


def close_a_recommendation(june: Hand) -> None:
    june.start().follow("See whether it was carried out").follow("Prepare the closing")
    june.write("What did the committee see?", "The papers of the last three meetings.")
    june.press("Put it to the committee").tick("I agree").press("Send my view")


def see_how_it_goes(june: Hand) -> None:
    june.start().follow("Oversight").follow("See how the program is doing")
    june.follow("Enough members of every group")


CHAIR = (
    Task("Look at what waits", 8, lambda june: june.start().follow(MORE)),
    Task("See how it goes", 4, see_how_it_goes),
    Task("Go through the indicators", 1, go_through_the_indicators),
    Task("Write a finding", 3, write_a_finding),
    Task("Judge an answer", 2, judge_an_answer),
    Task("Close a recommendation", 1, close_a_recommendation),
    Task("Prepare a meeting", 1, prepare_the_committee),
    Task("Record a meeting", 1, record_the_committee),
    Task("Write the minutes", 1, write_minutes),
)
