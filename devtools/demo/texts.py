"""Fictional texts of the demo's groups: purposes, agendas, minutes."""

GROUPS = {
    "board": (
        "Board of Directors",
        "Governs the agency and answers to the people it serves and to the community.",
    ),
    "committee": (
        "Oversight Committee",
        "It sees to it that people are heard. Most of its members use services here.",
    ),
    "council": (
        "Safe and Welcoming Places Council",
        "Looks at our buildings, waiting rooms and grounds, and how it feels to be in them.",
    ),
}

NOT_ALL_CAME = "Those who could not come had told us before that it is fine with them."

RUNNERS = {
    "board": "bernice",
    "committee": "june",
    "council": "tom",
    "planning": "femi",
    "first_visit": "alice",
    "calm": "femi",
    "work": "kofi",
    "rides": "femi",
    "tea": "femi",
    "plan": "femi",
    "evening": "femi",
    "hard": "femi",
    "families": "alice",
    "home": "alice",
}

PLACE = "Mill Street house, community room"
PLACES = {
    "board": "Mill Street house, upstairs",
    "council": "River Road center, room 2",
    "first_visit": "River Road center, room 4",
    "work": "River Road center, kitchen table",
}

AGENDA = """\
1. How is everybody?
2. What came of last time
3. The numbers
4. What we do next"""
AGENDAS = {
    "board": """\
1. Report of the oversight committee
2. Money
3. Papers to decide on""",
    "committee": """\
1. What people told us
2. The seven signs of success
3. What management answered
4. Papers to decide on""",
    "council": """\
1. A walk through one building
2. What we saw
3. What we ask for""",
}

# Agenda items: the group, the meeting's days ago, who, what.
WISHES = (
    ("planning", 10, "rosa", "I want to hear how the first plans in plain words are read"),
    ("planning", -4, "walter", "Rides home after the evening meeting"),
    ("planning", -4, "dan", "Where do we keep the short forms?"),
    ("first_visit", 2, "mei", "The waiting room is loud in the morning"),
    ("first_visit", -14, "opal", "Who calls when nobody picks up?"),
    ("calm", -2, "hank", "What helps me at night"),
    ("calm", -2, "dolores", "Quiet hours on the second floor"),
)

BOARD_MINUTES = (
    "The oversight committee told us how the cells are getting on. We asked what they need from "
    "us: time of staff, and rooms in the evening. Both were promised.",
    "We went through the budget. Payments to people who take part are now a line of their own.",
    "June told us what the dialogues are about. We agreed that two of us will come and listen.",
)
COMMITTEE_MINUTES = (
    "We read what people said since last time. Three things came up more than once: waiting, "
    "plain words, and who writes the plan.",
    "We looked at each sign. Where it said “watch”, we asked what would happen if nobody did "
    "anything. That was a useful question.",
    "Management had answered in time. We were not happy with one answer and said why.",
    "We talked about how to bring more people in. Theo will ask at the Tuesday lunch.",
)
COUNCIL_MINUTES = (
    "We walked through the River Road center. The chairs by the door feel like a bus station. "
    "We ask for a round table and a kettle.",
    "The new lamps in the hallway are kind to the eyes. People stay longer. Keep them.",
    "We looked at the signs. “Authorized persons only” will be changed to “Please ring, we will "
    "come”.",
)

SEAT_REASON = "She has come to every dialogue since the spring, and she asks good questions."
TURNS = "We agreed to take turns in the chair each year. This year is over."
BOARD_PAPER = "Resolved, that Grace is invited to serve on the board. All who were there agreed."
DOORS = (
    "New words on the doors at River Road",
    "The signs that say “Authorized persons only” come down. The new ones say “Please ring, we "
    "will come”.",
)
IN_A_DRAWER = "The note of that evening lay in a drawer at River Road."
EVENINGS = (
    "Board meetings at six",
    "From spring on, the board meets at six in the evening, so that people who work can come.",
)
