"""Themes of the demo's dialogues, and what happens with them."""

from dataclasses import dataclass

from dialogues.told_back.models import DispositionKind


@dataclass(frozen=True)
class Heard:
    """A theme: the indices of its words in SAID, the quote, the disposition, the reply."""

    dialogue: str
    by: str
    ago: int
    title: str
    summary: str
    words: tuple[int, ...]
    quote: str
    kind: DispositionKind | None = None
    disposed: int = 0
    reason: str = ""
    went_to: str = ""
    idea: str = ""
    replies: tuple[tuple[int, str], ...] = ()


CELL, DIALOGUE = DispositionKind.CELL, DispositionKind.DIALOGUE
ANSWERED, PARKED, NOT_OURS = (
    DispositionKind.ANSWERED,
    DispositionKind.PARKED,
    DispositionKind.NOT_OURS,
)

HEARD = (
    Heard(
        "tea",
        "femi",
        510,
        "The plan is somebody else's",
        "People hear their plan when it is done. Those who write it are not happy with that, "
        "either.",
        (0, 1, 2, 4),
        "I heard it for the first time.",
        DIALOGUE,
        506,
        replies=(
            (
                504,
                "You said that your plan is made without you. From next month on a "
                "dialogue is about nothing else. Come and join in.",
            ),
        ),
    ),
    Heard(
        "plan",
        "femi",
        480,
        "People meet their plan too late",
        "With the plan in hand some days before, people could think about it and speak.",
        (5, 9),
        "If I had the plan before the meeting, I could think.",
        CELL,
        472,
        idea="copy",
        replies=(
            (
                436,
                "You said that you see your plan too late. A cell of ten people has chosen this "
                "as the first thing to change.",
            ),
            (
                92,
                "You said that you see your plan too late. Now you get it three days before. "
                "Seven in ten people say that they helped to write it. It was four in ten.",
            ),
        ),
    ),
    Heard(
        "plan",
        "femi",
        479,
        "Being asked first",
        "Where a meeting starts with what goes well and what the person wants, all of it is "
        "different.",
        (6, 7),
        "Being asked first helped me more than the answer.",
        CELL,
        470,
        idea="strengths",
        replies=(
            (
                430,
                "You said that it helps to be asked first. The cell has it on its list as "
                "something good to build on.",
            ),
        ),
    ),
    Heard(
        "evening",
        "femi",
        408,
        "Nobody asks what helps",
        "What calms a person is known too late, on both sides.",
        (10, 11, 12),
        "Nobody asked me what calms me down.",
        DIALOGUE,
        402,
        replies=(
            (
                398,
                "You said that nobody asks what helps. A dialogue of its own is about the "
                "hard nights now.",
            ),
        ),
    ),
    Heard(
        "hard",
        "femi",
        380,
        "Ask on a good day",
        "What helps can be asked and written down long before it is needed.",
        (17, 19),
        "Ask me on a good day.",
        CELL,
        368,
        idea="ask",
        replies=(
            (
                334,
                "You said: ask me on a good day. From this month on each person is asked "
                "in the first week, if they like.",
            ),
        ),
    ),
    Heard(
        "evening",
        "femi",
        360,
        "The last bus",
        "Whoever comes in the evening can't get home.",
        (13,),
        "The last bus goes at seven.",
        NOT_OURS,
        345,
        reason="The bus company makes the timetable. We wrote to it, with your words.",
        went_to="Valley Transit, Ms. Reyes",
        replies=(
            (
                330,
                "You said that the last bus leaves too early. We wrote to the bus company. "
                "Until it answers, the circle ends at half past six.",
            ),
        ),
    ),
    Heard(
        "evening",
        "alice",
        278,
        "A cup of coffee",
        "An open kitchen in the evening would keep people here.",
        (14,),
        "A cup of coffee would keep people here.",
        ANSWERED,
        270,
        replies=(
            (
                270,
                "You said that the kitchen is closed in the evening. The kettle and the "
                "coffee stay out until nine now. Please rinse your cup.",
            ),
        ),
    ),
    Heard(
        "families",
        "alice",
        190,
        "The last to know",
        "Families want to be told more. Staff may only tell what the person allows.",
        (21, 23),
        "We are the last to know.",
        PARKED,
        170,
        reason="What may be told is for each person to say. We first want to ask everybody what "
        "they wish. We look at it again in spring.",
        replies=(
            (
                160,
                "You said that you are the last to know. We can't change who decides "
                "that. But staff now ask each person whom they may call.",
            ),
        ),
    ),
    Heard(
        "evening",
        "femi",
        30,
        "Telling the story again and again",
        "Workers change, and people start over each time.",
        (15, 16),
        "I told my story to four workers in one year.",
        PARKED,
        12,
        reason="The oversight committee speaks with the board about pay. We wait for what comes "
        "of it.",
    ),
    Heard(
        "home",
        "alice",
        15,
        "One name and one number",
        "In the first days people want a person, not a folder.",
        (24, 26),
        "A card with one name and one number.",
    ),
)
