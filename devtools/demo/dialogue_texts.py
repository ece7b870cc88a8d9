"""Texts of the demo's dialogues."""

from dataclasses import dataclass

from dialogues.voices.models import Prompt

EXPERIENCE, RELATIONSHIP = Prompt.EXPERIENCE, Prompt.RELATIONSHIP
RECOVERY, OTHER = Prompt.RECOVERY, Prompt.OTHER


@dataclass(frozen=True)
class DialogueText:
    """`concern` is empty if the dialogue is open to everything."""

    name: str
    purpose: str
    concern: str = ""


@dataclass(frozen=True)
class Said:
    """Words in a dialogue; anonymous if `by` is empty, on paper if somebody entered them."""

    dialogue: str
    ago: int
    by: str
    prompt: Prompt
    text: str
    named: bool = True
    written_by: str = ""


DIALOGUES = {
    "tea": DialogueText(
        "Tuesday Tea", "People who come here and people who work here talk over a cup of tea."
    ),
    "plan": DialogueText(
        "Who writes my plan?",
        "We look at how plans are made, and find out how it can go better.",
        "How people take part in making their own plan",
    ),
    "evening": DialogueText(
        "Evening Circle", "For those who can't come by day. We sit in a circle and take turns."
    ),
    "hard": DialogueText(
        "When it gets hard",
        "We talk about the hard nights, as people who were there on both sides.",
        "Being held or kept apart against one's will",
    ),
    "families": DialogueText(
        "Families and Friends", "People who stand by somebody talk with people who work here."
    ),
    "home": DialogueText(
        "The first weeks at home",
        "We find out what helps in the first weeks after somebody comes home.",
        "What helps and what is missing in the first weeks at home",
    ),
}

SAID = (
    # 0 to 4: over tea.
    Said(
        "tea",
        517,
        "rosa",
        EXPERIENCE,
        "They read my plan out like the weather. I heard it for "
        "the first time. Then I was asked to sign.",
    ),
    Said(
        "tea", 516, "walter", RELATIONSHIP, "I sign because I want to go home.", written_by="femi"
    ),
    Said(
        "tea",
        516,
        "dan",
        RELATIONSHIP,
        "I write plans at night, alone, because there is no other time. I don't like it either.",
    ),
    Said(
        "tea",
        515,
        "imani",
        EXPERIENCE,
        "Priya asked me what I want first. That was a different meeting.",
    ),
    Said("tea", 514, "", EXPERIENCE, "I have been here two years. I never saw my plan."),
    # 5 to 9: who writes my plan.
    Said(
        "plan",
        495,
        "marcus",
        EXPERIENCE,
        "If I had the plan before the meeting, I could think. In the meeting I only nod.",
    ),
    Said(
        "plan",
        494,
        "priya",
        RELATIONSHIP,
        "When I start with what goes well, people sit up. It takes five minutes.",
    ),
    Said("plan", 494, "imani", RECOVERY, "Being asked first helped me more than the answer."),
    Said(
        "plan",
        493,
        "",
        RELATIONSHIP,
        "I am afraid to say no to a goal. Maybe they stop helping me then.",
    ),
    Said(
        "plan",
        492,
        "daniel",
        RELATIONSHIP,
        "We print plans only when someone asks. Nobody knows that they can ask.",
    ),
    # 10 to 16: the evening circle.
    Said(
        "evening",
        414,
        "gil",
        RECOVERY,
        "Nobody asked me what calms me down. They found out when it was too late.",
    ),
    Said(
        "evening",
        414,
        "amara",
        RELATIONSHIP,
        "At night there are two of us. I would like to know people better before it gets hard.",
    ),
    Said("evening", 413, "", EXPERIENCE, "I was locked in for an hour. I still count doors."),
    Said(
        "evening",
        369,
        "hank",
        OTHER,
        "The last bus goes at seven. The circle ends at seven. I walk home.",
        written_by="femi",
    ),
    Said(
        "evening",
        285,
        "dolores",
        OTHER,
        "In the evening the kitchen is closed. A cup of coffee would keep people here.",
    ),
    Said("evening", 36, "theo", RELATIONSHIP, "I told my story to four workers in one year."),
    Said(
        "evening",
        36,
        "yusuf",
        RELATIONSHIP,
        "We lose people because of the pay. Those who stay have too many to look after.",
    ),
    # 17 to 20: when it gets hard.
    Said("hard", 393, "theo", RECOVERY, "Ask me on a good day. On a bad day I can't tell you."),
    Said(
        "hard",
        393,
        "tom",
        EXPERIENCE,
        "I have held somebody. I went home and could not sleep. There was nobody to tell.",
    ),
    Said(
        "hard",
        392,
        "",
        RECOVERY,
        "Music helps me. Being talked at makes it worse. It is not in any file.",
    ),
    Said(
        "hard",
        350,
        "amara",
        RECOVERY,
        "If I know that it is music, I bring the radio. That is all it takes.",
    ),
    # 21 to 23: families and friends.
    Said(
        "families",
        235,
        "luis",
        RELATIONSHIP,
        "We are the last to know. We are told when there is a bed to make.",
    ),
    Said(
        "families",
        234,
        "edie",
        RECOVERY,
        "Nobody asked me how I am. I am well, thank you. But it is nice to be asked.",
    ),
    Said(
        "families",
        199,
        "grace",
        RELATIONSHIP,
        "I may not tell a family anything unless the "
        "person says yes. I forget to ask for that yes.",
    ),
    # 24 to 28: the first weeks at home, and to everybody.
    Said(
        "home",
        145,
        "nadia",
        EXPERIENCE,
        "On day three I had nothing to eat in the house and was ashamed to call.",
    ),
    Said("home", 110, "ivan", RELATIONSHIP, "We call after a week. A week is long."),
    Said("home", 75, "", RECOVERY, "A card with one name and one number. Not a folder."),
    Said(
        "home",
        40,
        "mei",
        RECOVERY,
        "Somebody who was there before me called me. I laughed for the first time.",
    ),
    Said(
        "",
        9,
        "rosa",
        OTHER,
        "I said something in spring and did get an answer. I want others "
        "to know that this happens.",
    ),
    # 29 to 31: somebody wanted to set these aside.
    Said(
        "home",
        20,
        "dolores",
        RECOVERY,
        "They have closed the pool on Fifth Street. I went there every morning.",
    ),
    Said(
        "home",
        17,
        "luis",
        OTHER,
        "My neighbor Frank Otero on Elm Street was in the hospital twice. He knows how it is. Ask "
        "him.",
    ),
    Said(
        "evening",
        3,
        "walter",
        EXPERIENCE,
        "The man in room 12 sings at night. He is called Otto. I like to hear him.",
        written_by="femi",
    ),
)

POOL, NEIGHBOR, SINGER = 29, 30, 31
WHY_THE_POOL = (
    "I swam when I came home from the hospital. It kept me well. That is what you asked us about."
)
NEW_RULE = "We call or visit each other only if the other person wants that."
