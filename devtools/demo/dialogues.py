"""Six dialogues: what grew out of which, who spoke, the themes, and the replies."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import Audience, StandingKind
from cells.ideas.models import OpportunityKind
from devtools.demo import cell_texts, theme_texts
from devtools.demo import dialogue_texts as texts
from devtools.demo.groups import EVENING, series, take_places
from devtools.demo.story import Story
from devtools.demo.texts import AGENDA, PLACE
from devtools.seating import accept
from dialogues.dialogue.actions import (
    acknowledge,
    current_rules,
    grow,
    name_co_facilitator,
    open_dialogue,
    open_door,
    set_ground_rules,
)
from dialogues.readers.actions import name_reader
from dialogues.readers.models import ReaderSide
from dialogues.sessions.actions import answer_questions
from dialogues.silencing.actions import agree, appeal, set_aside
from dialogues.silencing.reasons import SilenceCode
from dialogues.stages.actions import advance, close
from dialogues.themes.actions import harvest, look
from dialogues.told_back.actions import dispose, reply, take_to_cell
from dialogues.told_back.models import DispositionKind
from dialogues.voices import receipts
from dialogues.voices.actions import contribute, enter_for_someone, speak_anonymously
from dialogues.voices.models import Contribution, Voice
from groups.actions import be_named, end_seat, plan_meeting, record_attendance

# Femi reads each morning what was said one or two days before.
READ_AFTER = 2
OPENED = {"tea": 530, "plan": 505, "evening": 426, "hard": 404, "families": 248, "home": 156}
GREW_FROM = {"plan": "tea", "hard": "evening", "home": "families"}
HOSTS = {
    "tea": "femi",
    "plan": "femi",
    "evening": "femi",
    "hard": "femi",
    "families": "alice",
    "home": "alice",
}
# The co-facilitators: one consumer, one from the staff.
LEADERS = {
    "tea": ("imani", "priya"),
    "plan": ("marcus", "priya"),
    "evening": ("gil", "yusuf"),
    "hard": ("theo", "amara"),
    "families": ("nadia", "grace"),
    "home": ("nadia", "ivan"),
}
# Those who let everyone see it.
NAMED = ("priya", "ivan", "nadia")
PEOPLE = {
    "tea": "rosa walter dan",
    "plan": "rosa imani walter dan daniel",
    "evening": "theo june lena amara tom",
    "hard": "gil lena tom yusuf",
    "families": "luis edie carol ruth",
    "home": "rosa mei luis",
}
SESSIONS = {
    "tea": range(518, 500, -14),
    "plan": range(496, 380, -28),
    "evening": range(415, 30, -54),
    "hard": range(394, 40, -52),
    "families": range(236, 90, -36),
    "home": range(146, 40, -35),
}


def write(story: Story) -> None:
    """The dialogues open, meet and advance; for five weeks now too few have met."""
    story.on(534, lambda: open_door(story.agency, None, by=story["femi"]))
    story.on(526, _name_readers, story)
    story.began |= OPENED
    for key, ago in OPENED.items():
        story.on(ago, _open, story, key)
        story.on(ago - 4, _acknowledge, story, key, hour=13)
        goes_on = key in ("evening", "home")
        series(story, key, SESSIONS[key], hours="1.5", minutes=(), goes_on=goes_on, next_in=8)
    for number, said in enumerate(texts.SAID):
        # Anonymous words are written alone, so that nothing links them to anything.
        story.on(said.ago, _say, story, number, hour=21, alone=not said.by)
        if said.ago > READ_AFTER:
            story.on(said.ago - READ_AFTER, _look, story, number, hour=9)
    for number, heard in enumerate(theme_texts.HEARD):
        _hear(story, number, heard)
    story.on(58, _speak_spam, story, hour=21, alone=True)
    story.on(56, _set_spam_aside, story, hour=9)
    for key, ago in (("plan", 464), ("plan", 430), ("hard", 366)):
        story.on(ago, lambda key=key: advance(story.dialogues[key], by=story[HOSTS[key]]))
    for key, ago in (("tea", 470), ("families", 62)):
        story.on(ago, lambda key=key: close(story.dialogues[key], by=story[HOSTS[key]]))
    for key, ago in (("plan", 496), ("evening", 91), ("evening", 37)):
        story.on(ago - 3, _answer_questions, story, key, ago, alone=True)
    # Since then no consumer leads the circle; a new person has joined it.
    story.on(35, _stop_leading, story, "evening", "gil")
    story.on(5, lambda: take_places(story, story.groups["evening"], "otis"))
    _at_home_lately(story)
    _set_aside(story)


def _at_home_lately(story: Story) -> None:
    """New ground rules, which not everybody has read; and a session to which too few came."""
    story.on(12, _plan_few, story)
    story.on(6, _change_ground_rules, story, "home")
    for ago, key in ((5, "nadia"), (5, "ivan"), (4, "rosa"), (3, "luis")):
        story.on(ago, lambda key=key: acknowledge(story.dialogues["home"], by=story[key], number=2))
    story.on(4, _hold_few, story, "mei luis ivan", hour=19)


def _set_aside(story: Story) -> None:
    """Both sides agree, and one of two authors appeals; a third request is unanswered."""
    for words, ago, asks, agrees, why in (
        (texts.POOL, 15, "ivan", "nadia", SilenceCode.NOT_OURS),
        (texts.NEIGHBOR, 12, "nadia", "ivan", SilenceCode.PRIVATE_PERSON),
    ):
        story.on(ago, _ask_to_set_aside, story, words, why, asks, hour=12)
        story.on(ago, _agree, story, words, agrees, hour=13)
    story.on(6, _appeal, story, texts.POOL, texts.WHY_THE_POOL, hour=21)
    # It would expire in a few days, so it starts yesterday, not on the last working day.
    yesterday = story.today - timedelta(days=1)
    because = SilenceCode.PRIVATE_PERSON
    story.on(yesterday, _ask_to_set_aside, story, texts.SINGER, because, "yusuf", hour=12)


def _name_readers(story: Story) -> None:
    """One reader of each side for what is said to the whole program."""
    for who, side in (("imani", ReaderSide.CONSUMER), ("femi", ReaderSide.STAFF)):
        name_reader(
            story.agency, story[who], side=side, since=story.agency.today(), by=story["ada"]
        )


def _open(story: Story, key: str) -> None:
    words, host, today = texts.DIALOGUES[key], story[HOSTS[key]], story.agency.today()
    if key in GREW_FROM:
        dialogue = grow(
            story.dialogues[GREW_FROM[key]],
            by=host,
            name=words.name,
            purpose=words.purpose,
            concern=words.concern,
            on=today,
        )
    else:
        dialogue = open_dialogue(
            story.agency, by=host, name=words.name, purpose=words.purpose, on=today
        )
    story.dialogues[key], story.groups[key] = dialogue, dialogue.group
    take_places(story, dialogue.group, PEOPLE[key])
    sides = (StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
    for leader, side in zip(LEADERS[key], sides, strict=True):
        accept(name_co_facilitator(dialogue, story[leader], standing=side, by=host, agreed=True))
        if leader in NAMED:
            be_named(dialogue.group, by=story[leader], audience=Audience.AGENCY)


def _acknowledge(story: Story, key: str) -> None:
    for member in story.everyone(PEOPLE[key]):
        acknowledge(story.dialogues[key], by=member, number=1)


def _say(story: Story, number: int) -> None:
    said = texts.SAID[number]
    dialogue = story.dialogues[said.dialogue] if said.dialogue else None
    if not said.by:
        assert dialogue is not None
        speak_anonymously(
            story.agency,
            receipt=receipts.new(),
            text=said.text,
            dialogue_id=dialogue.pk,
            prompt=said.prompt,
        )
        found = Voice.objects.within(story.agency).get(text=said.text)
        story.words[number] = found
    elif said.written_by:
        story.words[number] = enter_for_someone(
            story.agency,
            by=story[said.written_by],
            author=story[said.by],
            consented=True,
            text=said.text,
            dialogue=dialogue,
            prompt=said.prompt,
            named=said.named,
        )
    else:
        story.words[number] = contribute(
            story.agency,
            by=story[said.by],
            text=said.text,
            dialogue=dialogue,
            prompt=said.prompt,
            named=said.named,
        )


SPAM = "Win a phone!!! Click here. Win a phone!!! Click here."


def _speak_spam(story: Story) -> None:
    dialogue = story.dialogues["evening"]
    speak_anonymously(
        story.agency, receipt=receipts.new(), text=SPAM, dialogue_id=dialogue.pk, prompt="other"
    )


def _set_spam_aside(story: Story) -> None:
    voice = Voice.objects.within(story.agency).get(text=SPAM)
    set_aside(voice, code=SilenceCode.SPAM, by=story["femi"])


def _ask_to_set_aside(story: Story, number: int, why: SilenceCode, by: str) -> None:
    set_aside(story.words[number], code=why, by=story[by])


def _agree(story: Story, number: int, by: str) -> None:
    said = story.words[number]
    assert isinstance(said, Contribution)
    agree(said.silencings.get(), by=story[by])


def _appeal(story: Story, number: int, text: str) -> None:
    said = story.words[number]
    assert isinstance(said, Contribution)
    appeal(said.silencings.get(), by=story[texts.SAID[number].by], text=text)


def _stop_leading(story: Story, key: str, leader: str) -> None:
    place = story.groups[key].seats.get(member=story[leader], until=None)
    end_seat(place, on=story.agency.today(), by=story[leader])


def _change_ground_rules(story: Story, key: str) -> None:
    dialogue = story.dialogues[key]
    current = current_rules(dialogue)
    assert current is not None
    set_ground_rules(dialogue, text=f"{current.text}\n{texts.NEW_RULE}", by=story[HOSTS[key]])


def _plan_few(story: Story) -> None:
    story.meetings["home", 4] = plan_meeting(
        story.groups["home"],
        starts_at=story.moment(story.day(4), EVENING),
        minutes_planned=90,
        place=PLACE,
        agenda=AGENDA,
        by=story["alice"],
    )


def _hold_few(story: Story, present: str) -> None:
    """A session with one consumer, which is too few to count."""
    hours = dict.fromkeys(story.everyone(present), Decimal("1.5"))
    record_attendance(story.meetings["home", 4], present=hours, by=story["alice"])


def _look(story: Story, number: int) -> None:
    said = texts.SAID[number]
    dialogue = story.dialogues[said.dialogue] if said.dialogue else None
    look(dialogue, words=[story.words[number]], by=story["femi"])


def _hear(story: Story, number: int, heard: theme_texts.Heard) -> None:
    story.on(heard.ago, _harvest, story, number, hour=14)
    if heard.kind is not None:
        story.on(heard.disposed, _dispose, story, number, hour=15)
    if heard.kind != DispositionKind.ANSWERED:
        for ago, text in heard.replies:
            story.on(ago, _reply, story, number, text, hour=16)


def _harvest(story: Story, number: int) -> None:
    heard = theme_texts.HEARD[number]
    words: list[Contribution | Voice] = [story.words[each] for each in heard.words]
    story.themes[number] = harvest(
        story.dialogues[heard.dialogue],
        by=story[heard.by],
        title=heard.title,
        summary=heard.summary,
        words=words,
        quote=heard.quote,
    )


def _dispose(story: Story, number: int) -> None:
    heard = theme_texts.HEARD[number]
    theme, by = story.themes[number], story[heard.by]
    if heard.idea:
        idea = cell_texts.IDEAS[heard.idea]
        story.ideas[heard.idea] = take_to_cell(
            theme,
            story.cells[idea.cell],
            by=by,
            kind=OpportunityKind(idea.kind),
            title=idea.title,
            description=idea.description,
        )
        return
    assert heard.kind is not None
    dispose(
        theme,
        by=by,
        kind=heard.kind,
        reason=heard.reason,
        went_to=heard.went_to,
        answer=heard.replies[0][1] if heard.kind == DispositionKind.ANSWERED else "",
    )


def _reply(story: Story, number: int, text: str) -> None:
    reply(story.themes[number], by=story[theme_texts.HEARD[number].by], text=text)


def _answer_questions(story: Story, key: str, ago: int) -> None:
    """Participants say the next day whether they were heard and understand the others better."""
    meeting, dice = story.meetings[key, ago], story.dice(f"{key} questions {ago}")
    meeting.refresh_from_db()
    present = meeting.attendances.filter(voided_on=None).select_related("member").order_by("pk")
    for attendance in present:
        attendance.member.agency = story.agency
        answer_questions(
            meeting,
            by=attendance.member,
            heard=dice.choice((3, 4, 4, 5, 5)),
            understood=dice.choice((3, 3, 4, 4, 5)),
        )
