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
