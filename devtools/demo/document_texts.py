"""The demo's governing documents: mission statement, quality improvement process, charter."""

MISSION_FIRST = (
    "Riverside is here so that people can live the life they want. People decide for themselves "
    "what helps them. We meet each other as equals. We have seen that people get better, and we "
    "say so. We trust people to look after their own affairs. Those who use our services and those "
    "who give them work side by side."
)
MISSION_SECOND = (
    MISSION_FIRST
    + " We want people to work, to learn and to do what matters to them. What one person needs "
    "comes before our rules."
)
# By checklist item, the words that show it; empty if nobody found any.
MISSION_WORDS = {
    "empowerment": "People decide for themselves what helps them.",
    "respect": "We meet each other as equals.",
    "autonomy": "so that people can live the life they want",
    "hope": "We have seen that people get better, and we say so.",
    "responsibility": "We trust people to look after their own affairs.",
    "productivity": "to work, to learn and to do what matters to them",
    "needs_before_protocols": "What one person needs comes before our rules.",
    "collaboration": "Those who use our services and those who give them work side by side.",
}

PROCESS_FIRST = """\
People say what they see, in a dialogue or on paper
A cell puts the ideas in order and chooses one by consent
The cell makes a plan with a goal and tries it
The cell looks at the numbers and says what came of it"""
# What comes before the steps; then each step: its name, who decides, where consumers take part,
# who is told, what to do if somebody does not agree, and how it is measured.
PROCESS_SECOND = (
    "This is how we find out what could be better, and try it. All of it follows our mission "
    "statement, version {mission}."
)
PROCESS_STEPS = (
    (
        "People say what they see",
        "Each person decides what to say, and under which name.",
        "Consumers and staff speak side by side, in a dialogue, on paper or without a name.",
        "Whoever said it is told within a month what becomes of it.",
        "",
        "",
    ),
    (
        "A cell ranks the ideas",
        "The members of the cell, in a secret vote.",
        "Consumers vote as everybody does.",
        "",
        "",
        "",
    ),
    (
        "The cell chooses one idea",
        "The cell chooses by consent.",
        "Two consumers must have had their say.",
        "Whoever raised the other ideas is told why they have to wait.",
        "Whoever does not agree brings it to the oversight committee, which answers in a month.",
        "",
    ),
    (
        "The cell makes a plan",
        "The cell, by consent; management is told.",
        "Consumers make it together with the staff.",
        "",
        "",
        "A goal with a number, and the day by which it should be reached.",
    ),
    (
        "The cell tries it and looks at the numbers",
        "The cell decides each month whether to go on, to change it or to stop.",
        "Consumers say what they notice, and read the chart with the others.",
        "Whoever said it first is told what came of it.",
        "",
        "The goal and the chart show if it works.",
    ),
)
OTHER_CELLS = (
    "The other cells are told",
    "Each cell decides whether it tries the same.",
    "Consumers of both cells meet and talk about it.",
    "All cells are told what this one learned.",
    "",
    "",
)
PROCESS_IN_SENTENCES = (
    "It begins with what people say. A cell ranks the ideas, chooses one by consent, plans, tries "
    "and looks at the numbers. Consumers take part in each of these steps. Whoever said it is told "
    "what came of it. Whoever does not agree can go to the oversight committee. All of this "
    "follows our mission statement, version {mission}."
)
PROCESS_WORDS = {
    "who_decides": "The cell chooses by consent.",
    "consumers_in_each_step": "Consumers make it together with the staff.",
    "feedback": "Whoever said it is told within a month what becomes of it.",
    "appeal": "Whoever does not agree brings it to the oversight committee",
    "success": "The goal and the chart show if it works.",
    "mission_version": "All of it follows our mission statement, version 2.",
}

CHARTER_FIRST = (
    "The oversight committee looks after quality improvement as a whole. More than half of its "
    "members use services here. A member who uses services is in the chair. It meets at least four "
    "times a year, looks at each sign of success, and asks management for what is missing. "
    "Management answers within 30 days. The committee says if the answer is good enough."
)
CHARTER_SECOND = (
    CHARTER_FIRST + " Members serve for two years. Nobody serves more than three times in a row."
)
# As data, besides the text. The second one makes room for one more consumer.
CHARTER_TERMS = {
    "seats_consumers": 4,
    "seats_family": 1,
    "seats_staff": 1,
    "seats_others": 0,
    "term_months": 36,
    "terms_in_a_row": None,
    "quorum_percent": 50,
    "quorum_consumers": 2,
    "decides_by": "consent",
    "chair": True,
    "co_chair": True,
    "note_taker": False,
    "grounds": (
        "Whoever stays away from three meetings in a row without a word gives up the seat. Whoever "
        "tells others what was said in confidence can lose it."
    ),
    "powers": "It decides what it looks at, and management answers what it recommends.",
    "budget": "The members are paid for each meeting from the budget of quality improvement.",
    "disputes": "If it can’t agree in two meetings, it asks somebody from outside to help.",
    "minutes_to_board": True,
    "minutes_to_program": True,
    "minutes_to_public": False,
}
CHARTER_TERMS_SECOND = {
    **CHARTER_TERMS,
    "seats_consumers": 5,
    "term_months": 24,
    "terms_in_a_row": 3,
}
