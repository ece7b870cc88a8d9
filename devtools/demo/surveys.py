"""Two rounds of the survey about taking part."""

from accounts.models import StandingKind
from devtools.demo.story import Story
from groups.standing import standings
from satisfaction import codes
from satisfaction.actions import answer, open_round, remind
from satisfaction.doors import code_for
from satisfaction.instrument import CURRENT, HIGHEST
from satisfaction.models import AnswerSide, SurveyInvitation, SurveyRound
from satisfaction.tasks import attend_to_round

# By statement, the typical answer in the first and in the second round.
MOODS = {
    "heard": (3.6, 4.3),
    "respected": (4.1, 4.4),
    "equal": (3.1, 3.7),
    "prepared": (2.9, 3.9),
    "clear": (3.0, 3.8),
    "influence": (3.3, 4.1),
    "told": (2.6, 4.2),
    "paid": (3.8, 4.4),
    "safe": (3.7, 3.9),
    "worthwhile": (4.2, 4.6),
}
COMMENTS = (
    (
        "I speak and people write it down. That is new.",
        "Too many papers on the day of the meeting. Please send them before.",
        "I got my first check here. It said that my time counts.",
        "Tell us what came of it. I have asked three times.",
    ),
    (
        "This time I was told what came of it.",
        "I still feel small when the doctor talks.",
        "Worth the two buses.",
        "Keep the tea. And the short words.",
        "I brought a friend. She stayed.",
    ),
)
# (opened, closing day) in days ago; each asks about the half year before.
ROUNDS = ((286, 265), (58, 37))
ANSWER = 0.78
# The percentage of people who would rather not say how they take part.
UNSAID = 5


def write(story: Story) -> None:
    """Each round opens, most people answer, reminders go out, and it closes by itself."""
    for number, (opens, closes) in enumerate(ROUNDS):
        story.on(opens, _open, story, number, closes)
        story.on(opens - 3, _answer, story, number, alone=True)
        story.on(opens - 10, lambda: remind(_round(story), by=story["femi"]))
        story.on(closes, lambda: attend_to_round(story.agency.pk, _round(story).pk), hour=6)


def _round(story: Story) -> SurveyRound:
    return SurveyRound.objects.within(story.agency).latest("pk")


def _open(story: Story, _number: int, closes: int) -> None:
    open_round(story.agency, by=story["femi"], closes=story.day(closes))


def _answer(story: Story, number: int) -> None:
    dice, comments = story.dice(f"survey {number}"), list(COMMENTS[number])
    rows = SurveyInvitation.objects.within(story.agency).filter(round=_round(story))
    invited = list(rows.select_related("member", "round").order_by("member"))
    held = standings([each.member for each in invited], story.agency.today())
    for invitation in invited:
        consumer = any(
            taken.kind == StandingKind.PRIMARY_CONSUMER for taken in held[invitation.member_id]
        )
        side = AnswerSide.CONSUMER if consumer else AnswerSide.OTHER
        scores = {
            item.code: min(HIGHEST, max(1, round(dice.gauss(MOODS[item.code][number], 0.8))))
            for item in CURRENT.items
        }
        says = dice.random()
        if says < ANSWER:
            comment = comments.pop() if comments and says < ANSWER / 2 else ""
            if dice.randrange(100) < UNSAID:
                side = AnswerSide.UNSAID
            code = codes.digest(code_for(invitation))
            answer(story.agency, code, side=side, scores=scores, comment=comment)
