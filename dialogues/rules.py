"""Who may do what in a dialogue, and when; and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from accounts.permissions import Permission
from dialogues import readers
from dialogues.models import (
    Contribution,
    Dialogue,
    DialogueKind,
    ProgramReader,
    Stage,
    Theme,
    Voice,
)
from dialogues.models.readers import FACILITATING_OFFICES
from dialogues.policies import QUESTIONS
from foundation.models import Agency
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import GroupKind, Meeting, MeetingStatus, Seat


@dataclass(frozen=True)
class CoFacilitators:
    """Which of the two sides has somebody who facilitates on a day; counted, not named."""

    consumer: bool
    provider: bool

    @property
    def both(self) -> bool:
        return self.consumer and self.provider


def co_facilitators(seats: Iterable[Seat]) -> CoFacilitators:
    """From the seats of one dialogue that are held on the day."""
    running = [seat for seat in seats if seat.office in FACILITATING_OFFICES]
    return CoFacilitators(
        consumer=any(seat.is_consumer for seat in running),
        provider=any(seat.standing == StandingKind.PROVIDER for seat in running),
    )


def _ended(dialogue: Dialogue, by: Member) -> Refusal | None:
    if dialogue.group.is_over(by.agency.today()):
        return Refusal(_("This dialogue has ended."), _("You can still read what came of it."))
    return None


def _going_on(dialogue: Dialogue, by: Member) -> Refusal | None:
    if (first := dialogue.group.opened) > by.agency.today():
        day = date_format(first, "F j, Y")
        return Refusal(_("This dialogue starts on %(day)s.") % {"day": day}, _("Come back then."))
    return _ended(dialogue, by)


def facilitates(dialogue: Dialogue, by: Member) -> bool:
    """By role in the agency, or by office in this dialogue: the consumer as the provider."""
    return readers.facilitates(dialogue, by)


def opening(by: Member) -> Refusal | None:
    return group_rules.opening(GroupKind.DIALOGUE, by)


def facilitating(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Reading what was said as nobody, hearing themes, replying; also after the end."""
    if facilitates(dialogue, by):
        return None
    return Refusal(
        _("Only those who facilitate this dialogue can do this."),
        _("Ask one of them, or say what you think in the dialogue."),
    )


def changing(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Its ground rules and its co-facilitators: until it ends, and before it starts."""
    return _ended(dialogue, by) or facilitating(dialogue, by)


def reading(dialogue: Dialogue, reader: Member) -> Refusal | None:
    """What people said, word by word."""
    if readers.reads(reader, dialogue):
        return None
    return Refusal(
        _("Only the people in this dialogue can read what was said."),
        _("You can read the themes and the replies."),
    )


def reading_program(reader: Member) -> Refusal | None:
    """What people say to the whole program."""
    if readers.reads_program(reader):
        return None
    return Refusal(
        _("Only people who were named for it read what is said to the whole program."),
        _("An administrator names them. You can read the themes and the replies."),
    )


def reading_words(words: Contribution | Voice, reader: Member) -> Refusal | None:
    """All of what somebody said, wherever it was said; a quote is for everybody."""
    if readers.reads_words(reader, words):
        return None
    if words.dialogue is None:
        return reading_program(reader)
    return reading(words.dialogue, reader) or facilitating(words.dialogue, reader)


def naming_readers(by: Member) -> Refusal | None:
    """Who reads words to the whole program is an administrator's to name."""
    if by.may(Permission.MANAGE_PEOPLE):
        return None
    return Refusal(
        _("Only administrators name who reads what is said to the whole program."),
        _("Ask an administrator to do it."),
    )


def ending_reader(named: ProgramReader, by: Member) -> Refusal | None:
    """Readers stop by themselves, or an administrator ends it."""
    return None if named.member_id == by.pk else naming_readers(by)


def showing_name(named: ProgramReader, by: Member) -> Refusal | None:
    if named.member_id == by.pk:
        return None
    return Refusal(
        _("Only this person decides whether their name is shown."), _("Ask them about it.")
    )


def naming_co_facilitator(dialogue: Dialogue, by: Member) -> Refusal | None:
    return changing(dialogue, by) or group_rules.naming_standing(by)


def growing(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Letting a focused dialogue grow out of it."""
    return facilitating(dialogue, by) or opening(by)


def advancing(dialogue: Dialogue, by: Member, *, themes: int, taken_up: int) -> Refusal | None:
    """To the next stage. `taken_up`: how many of its themes a cell has taken up."""
    if (refusal := _going_on(dialogue, by) or changing(dialogue, by)) is not None:
        return refusal
    if dialogue.kind == DialogueKind.OPEN:
        return Refusal(
            _("An open dialogue has one stage."), _("Let a focused dialogue grow out of it.")
        )
    match dialogue.next_stage:
        case None:
            return Refusal(_("This dialogue is at its last stage."))
        case Stage.METHODS if not themes:
            return Refusal(
                _("Nothing to make better has been found yet."),
                _("Write down at least one theme first."),
            )
        case Stage.INTEGRATED if not taken_up:
            return Refusal(
                _("No cell has taken up a theme of this dialogue yet."),
                _("Take a theme to a cell first."),
            )
    return None


def closing(dialogue: Dialogue, by: Member, *, undisposed: int) -> Refusal | None:
    if (refusal := _going_on(dialogue, by) or changing(dialogue, by)) is not None:
        return refusal
    if undisposed:
        return Refusal(
            _("For some themes nobody has said what becomes of them."), _("Do that first.")
        )
    return None


def missing_side(found: CoFacilitators, reader: Member) -> str | Promise:
    """Which side leads it with nobody, for those who may see standings; to others it would say as
    what somebody was named. A session is written down as it was held all the same."""
    if found.both or group_rules.naming_standing(reader) is not None:
        return ""
    if found.provider:
        return _("A co-facilitator who uses services is missing.")
    if found.consumer:
        return _("A co-facilitator from the front-line staff is missing.")
    return _("Two co-facilitators are missing: one who uses services, one from the staff.")


def acknowledging(dialogue: Dialogue, by: Member) -> Refusal | None:
    if (refusal := _ended(dialogue, by)) is not None:
        return refusal
    if not group_rules.place(dialogue.group, by).seated:
        return Refusal(
            _("The ground rules are for the people in this dialogue."),
            _("Ask a facilitator if you would like to take part."),
        )
    return None


def speaking(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """Anyone in the program may say something in a dialogue that they may know of."""
    return _going_on(dialogue, by) if dialogue is not None else heard_by_program(by.agency)


def heard_by_program(agency: Agency) -> Refusal | None:
    """Nothing is taken that nobody would read."""
    if readers.somebody_reads_program(agency):
        return None
    return Refusal(
        _("Nobody has been named yet to read what people say to the whole program."),
        _("You can say it in a dialogue instead."),
    )


def entering_for_someone(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    if dialogue is not None and facilitates(dialogue, by):
        return _going_on(dialogue, by)
    if by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("Only a facilitator can enter words for someone."), _("Ask a facilitator to do it.")
    )


def writing_down_for_someone(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """The same, and somebody reads it."""
    refusal = entering_for_someone(dialogue, by)
    if refusal is None and dialogue is None:
        return heard_by_program(by.agency)
    return refusal


def opening_door(dialogue: Dialogue | None, by: Member) -> Refusal | None:
    """Making an address for anonymous words, and taking it back."""
    if dialogue is not None and facilitates(dialogue, by):
        return _ended(dialogue, by)
    if by.may(Permission.FACILITATE):
        return None
    return Refusal(
        _("Only a facilitator can make an address for anonymous words."),
        _("Ask a facilitator to do it."),
    )


def harvesting(dialogue: Dialogue, by: Member) -> Refusal | None:
    """Who facilitates it; and who reads words to the program brings those into any dialogue."""
    refusal = facilitating(dialogue, by)
    if refusal is not None and readers.reads_program(by):
        return _ended(dialogue, by)
    return refusal


def disposing(theme: Theme, by: Member) -> Refusal | None:
    return facilitating(theme.dialogue, by)


def replying(theme: Theme, by: Member, *, disposed: bool) -> Refusal | None:
    if (refusal := facilitating(theme.dialogue, by)) is not None:
        return refusal
    if not disposed:
        return Refusal(
            _("Nobody has said yet what becomes of this theme."),
            _("Say that first. Then tell people."),
        )
    return None


def answering_questions(
    meeting: Meeting, by: Member, *, attended: bool, answered: bool, on: date
) -> Refusal | None:
    """The two questions at the end of a session: by those who were there, once, for some days."""
    if not attended or meeting.status != MeetingStatus.HELD:
        return Refusal(
            _("These questions are for the people who were there."),
            _("Were you there? Ask a facilitator to write you down."),
        )
    if answered:
        return Refusal(_("You have answered these questions."), _("Thank you."))
    if not meeting.on <= on < meeting.on + QUESTIONS.span(meeting.agency, on):
        return Refusal(
            _("These questions are closed."), _("You can tell a facilitator what you think.")
        )
    return None
