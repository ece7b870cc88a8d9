"""Texts of the demo's cells: missions, ideas, proposals, plans, minutes."""

from dataclasses import dataclass

from cells.ideas.models import OpportunityKind
from cells.plans.models import ReviewOutcome

PROBLEM, STRENGTH = OpportunityKind.PROBLEM, OpportunityKind.STRENGTH


@dataclass(frozen=True)
class CellText:
    name: str
    focus: str
    mission: str
    minutes: tuple[str, ...]


@dataclass(frozen=True)
class IdeaText:
    """An improvement idea: its cell, its author, and who entered it for them, if anybody did."""

    cell: str
    by: str
    title: str
    description: str
    kind: OpportunityKind = PROBLEM
    written_by: str = ""


CELLS = {
    "planning": CellText(
        "Planning Together",
        "People write their own plans",
        "We find out what keeps people from making their own plan, choose what to change first, "
        "and see whether it helps.",
        (
            "We read the words from the dialogue once more. Nobody had seen their plan before "
            "the meeting. We began a list.",
            "We looked at the new number. It is still early. We said so and went on.",
            "Walter showed us the letter he got. Half of it was short forms. We laughed, and "
            "then we did not.",
            "The line goes up. We asked who is not in it yet, and thought of the night program.",
        ),
    ),
    "first_visit": CellText(
        "A Warm First Visit",
        "From the first call to the first cup of tea",
        "The first days decide whether somebody comes back. We make them short and kind.",
        (
            "Nadia told us about her first call. She waited on the line for 25 minutes with a "
            "child on her arm.",
            "The wait is as long as before. Calling back is kind, but it does not make a free "
            "hour. We will look at the calendar next.",
            "We tried the new form on ourselves. It takes nine minutes. The old one took forty.",
        ),
    ),
    "calm": CellText(
        "Calm and Safe",
        "Fewer times that somebody is held or kept apart",
        "Being held or locked in hurts people and staff. We look for what helps before it gets "
        "that far.",
        (
            "Each of us said what helps when it gets too much. No two answers were the same.",
            "Tom told us about the night of the storm. It was good that it was said in the open.",
            "We read the numbers. Some months are hard. We do not blame anybody for a month.",
        ),
    ),
    "work": CellText(
        "Work and Learning",
        "Jobs, classes, and what helps people to keep them",
        "Many of us want to work or learn. We build on what goes well already.",
        (
            "We wrote down what is going well. The list was longer than we thought.",
            "Andre brought two people from the job club. They want a second evening.",
        ),
    ),
    "rides": CellText(
        "Getting Here",
        "Buses, rides and the way to us",
        "Some people would come if they could get here. We find out what gets in the way.",
        ("We compared how long it takes us to get here: from 5 minutes to two hours.",),
    ),
}

PARTS = (
    ("Warm light at night", "The light is as bright as a shop."),
    ("Doors that close softly", "Each door slams."),
)
QUESTION = "What would help on a hard night?"
SILENT = (
    ("theo", "A chair beside the door, so that I can sit and breathe"),
    ("amara", "Two of us for each round at night"),
    ("theo", "A radio with the volume low"),
)
TALK_QUESTION = "What would help people to keep a job?"
TALKED = (
    ("joel", "Somebody to call on the first day at work"),
    ("winnie", "Clothes to borrow for an interview"),
    ("lena", "A ride when the first bus comes too late"),
)
ASKED_RESULT = (
    "Nearly everyone is asked in the first week, and people say that it helps them. How often "
    "somebody is held goes up and down about as before; it is too soon to call it less."
)
ASKED_TOLD = (
    "You said nobody asks what helps before it gets loud. We ask everyone in the first week, "
    "and write it down with them."
)

IDEAS = {
    "copy": IdeaText(
        "planning",
        "imani",
        "Give people their plan before the meeting",
        "Many hear their plan for the first time when it is read out.",
    ),
    "ask": IdeaText(
        "calm",
        "theo",
        "Ask what helps before it gets hard",
        "Nobody asked me what calms me down. They found out when it was too late.",
    ),
    "plain": IdeaText(
        "planning",
        "rosa",
        "Write plans in plain words",
        "My plan is full of short forms. I have to ask what my own goals mean.",
    ),
    "friend": IdeaText(
        "planning",
        "walter",
        "Let people bring a friend to the plan meeting",
        "It is easier to speak up when somebody sits beside you.",
        written_by="femi",
    ),
    "strengths": IdeaText(
        "planning",
        "marcus",
        "Start each plan meeting with what is going well",
        "Priya does this. I leave her meetings with my head up.",
        STRENGTH,
    ),
    "evenings": IdeaText(
        "planning",
        "priya",
        "Hold plan meetings after 4 in the afternoon, too",
        "People who work have to choose between their job and their plan.",
    ),
    "words": IdeaText(
        "planning",
        "dan",
        "Begin plan meetings with what is going well",
        "We talk about troubles first. Then the time is over.",
    ),
    "night": IdeaText(
        "calm",
        "dolores",
        "Warm light at night, and softer doors",
        "The light is as bright as a shop. And each door slams.",
    ),
    "phone": IdeaText(
        "planning",
        "rosa",
        "Let me change a goal by phone",
        "When something changes I wait six weeks for the next meeting.",
    ),
    "photo": IdeaText(
        "planning",
        "imani",
        "Put the plan where I see it",
        "A card for the fridge with my three goals would do.",
        STRENGTH,
    ),
    "own": IdeaText(
        "planning",
        "walter",
        "A page in the plan for my own words",
        "The plan says what others think of me. I would like to say it myself.",
        written_by="femi",
    ),
    "once": IdeaText(
        "first_visit",
        "ada",
        "Ask people everything only once",
        "I keep five lists of addresses, and no two are the same.",
    ),
    "water": IdeaText(
        "first_visit",
        "robin",
        "A chair and a glass of water while I wait",
        "Somebody gave me a glass of water on my first day. I still think about it.",
        STRENGTH,
    ),
    "bus": IdeaText(
        "rides",
        "ruth",
        "Tell people on the phone which bus to take",
        "I went to the wrong River Road. There are two.",
    ),
    "cards": IdeaText(
        "rides",
        "gil",
        "Bus cards that people can borrow",
        "Some days I have the time to come but not the fare.",
    ),
    "early": IdeaText(
        "rides",
        "edie",
        "Start first visits after the bus arrives",
        "The bus comes at 20 past. The visit starts on the hour, so my son is always late.",
    ),
    "callback": IdeaText(
        "first_visit",
        "nadia",
        "Call people back on the same day",
        "I called on a Monday. They called me back on Friday. By then I had given up.",
    ),
    "greeter": IdeaText(
        "first_visit",
        "peter",
        "Have somebody say hello at the door",
        "The first thing I saw was a pane of glass.",
    ),
    "form": IdeaText(
        "first_visit",
        "grace",
        "One short form in place of five",
        "We ask the same question up to four times, because each form is its own.",
    ),
    "quiet": IdeaText(
        "calm",
        "hank",
        "A quiet room that is never locked",
        "A place where I go by myself, before it gets too much.",
        written_by="femi",
    ),
    "debrief": IdeaText(
        "calm",
        "amara",
        "Sit down together afterwards, as equals",
        "After a hard night nobody asks how it was, for them or for us.",
    ),
    "club": IdeaText(
        "work",
        "andre",
        "Open the Thursday job club on a second evening",
        "We help each other there. Last year nine of us found work.",
        STRENGTH,
    ),
    "letters": IdeaText(
        "work",
        "joel",
        "Help with letters to employers",
        "I can do the job. It is the letter that I can't do.",
        written_by="kofi",
    ),
    "fares": IdeaText(
        "work",
        "helen",
        "Bus fares for job interviews",
        "Two people turned an interview down because of the fare.",
    ),
}

# The proposal to the cell for each first-ranked idea.
PROPOSALS = {
    "copy": "From next month on, the front desk prints each plan and calls the person on the day "
    "before the plan meeting to pick it up.",
    "plain": "We write a list of 40 words to use in place of short forms, and try it in ten "
    "plans. Two people who use services read each one.",
    "evenings": "On Tuesdays and Thursdays, plan meetings are also held from 4 to 7. We try it for "
    "three months.",
    "callback": "Whoever calls before 3 in the afternoon is called back on the same day, by one "
    "of three people whose turn it is.",
    "greeter": "On two mornings a week one of us stands at the door of the River Road center, "
    "says hello and shows people around. We try it for two months.",
    "ask": "In the first week we ask each person what helps and what makes it worse when it gets "
    "hard. The answers hang where night staff see them, if the person agrees.",
    "quiet": "The small room beside the garden becomes the quiet room. Its lock is taken out.",
    "club": "The job club meets on Mondays as well, from 5 to 7. Andre and Helen host it.",
}
OBJECTION = (
    "Calling everybody on the day before is two hours of work for the desk, and whoever has no "
    "phone goes without a plan. I can't agree to that."
)
CHANGED = (
    "Dan objected: calls take two hours of work, and some have no phone. So nobody is called. The "
    "desk prints the plan, and people choose how they get it."
)
QUESTIONS = (
    "Do I get it on paper, or by mail?",
    "As you like. We ask each person.",
)
LOOKED_AGAIN = "Nine of ten people say that they read it before the meeting. We keep it."
AMENDED = (
    "From next month on, the front desk prints each plan three days before the plan meeting. "
    "People choose once how they get it: by mail, in the house, or read to them."
)

AIMS = {
    "copy": "By next summer seven in ten people say that they helped to write their plan. Now it "
    "is four in ten.",
    "plain": "By next spring nine in ten people who read their plan can say what each goal means.",
    "evenings": "By summer nobody misses a plan meeting because of work.",
    "callback": "By the end of the year people wait no more than seven days from their first call "
    "to their first visit. Now it is eleven.",
    "ask": "In a year from now people are held or kept apart half as often as now.",
    "quiet": "People have a place to go to by themselves before it gets too much.",
    "club": "By summer twenty people come to the job club in a week. Now it is eleven.",
}
ADAPT_IF = {
    "copy": "Three months in a row below four in ten, or if people tell us that the copy scares "
    "them.",
    "plain": "If staff need more than ten minutes longer for a plan.",
    "callback": "If the wait is as long as before after six months.",
    "ask": "If people say that being asked makes it worse.",
    "club": "If fewer than five people come on a Monday, three times in a row.",
}
STEPS = {
    "copy": (
        ("Ask people how they want to get their plan", "daniel"),
        ("Print plans three days before", "priya"),
        ("Ask after each meeting: did you help to write it?", "rosa"),
    ),
    "plain": (
        ("Collect short forms and write plain words beside them", "rosa"),
        ("Try the list in ten plans", "dan"),
        ("Read ten plans together and mark what is unclear", "walter"),
    ),
    "callback": (
        ("Make a list of who calls back on which day", "alice"),
        ("Tell everybody at the front desk", "ivan"),
        ("Look at the calendar for free first hours", "grace"),
    ),
    "ask": (
        ("Write the two questions so that they sound like us", "theo"),
        ("Show night staff where the answers hang", "yusuf"),
        ("Ask people after four weeks whether it was used", "dolores"),
    ),
    "club": (
        ("Find out who has a key for Mondays", "kofi"),
        ("Tell people in the three houses", "andre"),
        ("Cook something, every second week", "lena"),
    ),
}

# The note of each review of a plan; the last one is repeated.
LOOKS = {
    "copy": (
        (ReviewOutcome.GO_ON, "Too early to say. People like to get mail that is about them."),
        (ReviewOutcome.ADAPT, "Some want it read to them. We added that as a third way."),
        (ReviewOutcome.GO_ON, "Five months above anything we had before. This is not luck."),
        (ReviewOutcome.GO_ON, "It holds. More people bring their own words to the meeting."),
    ),
    "plain": (
        (ReviewOutcome.GO_ON, "The list has 31 words. Dan uses it already."),
        (ReviewOutcome.GO_ON, "Ten plans were read. Eight were clear, two were not."),
    ),
    "callback": (
        (ReviewOutcome.GO_ON, "Nearly everybody is called back on the same day now."),
        (ReviewOutcome.GO_ON, "The wait has not changed yet. We look at it for longer."),
        (ReviewOutcome.ADAPT, "Calling back does not make a free hour. We look at the calendar."),
        (ReviewOutcome.GO_ON, "No change to be seen. What we try next has to make free hours."),
    ),
    "ask": (
        (ReviewOutcome.GO_ON, "Most people were asked. Night staff say they use it."),
        (ReviewOutcome.GO_ON, "Some better months, some not. We can't call it a change yet."),
    ),
}
RESULT = (
    "Four in ten people said that they helped to write their plan. Now it is seven in ten, and it "
    "has stayed there."
)
TOLD = (
    "You told us you first heard your plan in the meeting. Now you get it three days before, in "
    "the way you choose."
)
