"""Presenters of the pages of dialogues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.dialogue.models import Dialogue
from dialogues.overview.reading import DialogueWork
from dialogues.told_back.outcomes import ToldTheme
from foundation.addresses import at
from foundation.paging import Few
from foundation.presenting import PageLink, written, written_time
from groups.models import Meeting, MeetingStatus, Seat


@dataclass(frozen=True)
class DialogueRights:
    """What the reader may do in the dialogue, by the rules."""

    speak: bool = False
    facilitate: bool = False
    change: bool = False
    name: bool = False
    grow: bool = False
    advance: bool = False
    close: bool = False
    run: bool = False


@dataclass(frozen=True)
class DialogueParts:
    """What was read for a dialogue's page.

    `leaders` are the ones the reader may know of, `is_led` says whether anybody leads it;
    `waiting`: how many contributions are in no theme; `family`: its parent and what grew out of it.
    """

    dialogue: Dialogue
    themes: Sequence[ToldTheme]
    sessions: Few[Meeting]
    leaders: Sequence[Seat]
    is_led: bool
    seated: bool
    missing: str | Promise
    waiting: int
    family: Sequence[Dialogue]


@dataclass(frozen=True)
class ThemeShown:
    """A theme, and the reply to people, or else the words quoted in it."""

    title: str
    href: str
    told: str
    words: str
    work: Sequence[PageLink]


@dataclass(frozen=True)
class SessionShown:
    """A session; `state` is empty if it took place."""

    href: str
    when: str
    state: str


@dataclass(frozen=True)
class DialoguePage:
    """The page of a dialogue; words that do not apply are empty."""

    tags: Sequence[str]
    speak: PageLink | None
    themes: Sequence[ThemeShown]
    hearing: Sequence[PageLink]
    sessions: Sequence[SessionShown]
    missing: str | Promise
    meeting: Sequence[PageLink]
    led: str
    leaders: Sequence[str]
    seated: str
    people: Sequence[PageLink]
    leads_on: Sequence[PageLink]


@dataclass(frozen=True)
class DialogueCard:
    """A dialogue in the list."""

    title: str
    href: str
    text: str
    meta: str


def card(dialogue: Dialogue, work: DialogueWork, on: date, *, shows_work: bool) -> DialogueCard:
    """`shows_work`: include how much is left to do."""
    meta = [dialogue.get_kind_display(), _next_or_last(dialogue, work, on)]
    if shows_work and work.undisposed:
        said = ngettext("%(n)s theme to deal with", "%(n)s themes to deal with", work.undisposed)
        meta.append(said % {"n": work.undisposed})
    return DialogueCard(
        title=dialogue.group.name,
        href=at(dialogue.agency, "dialogues:dialogue", pk=dialogue.pk),
        text=dialogue.concern or dialogue.group.purpose,
        meta=" · ".join(meta),
    )


def _next_or_last(dialogue: Dialogue, work: DialogueWork, on: date) -> str:
    if work.next_planned is not None:
        when = written_time(work.next_planned)
        return _("Next session: %(when)s") % {"when": when}
    if dialogue.group.opened > on:
        return _starts(dialogue)
    if work.last_held is not None:
        return _("Last session: %(when)s") % {"when": written(work.last_held)}
    return _("No session yet")


def _starts(dialogue: Dialogue) -> str:
    return _("Starts on %(day)s") % {"day": written(dialogue.group.opened)}


def dialogue_page(parts: DialogueParts, may: DialogueRights, on: date) -> DialoguePage:
    """The page on that day, for a reader with these rights; no query."""
    dialogue = parts.dialogue
    speak = PageLink(_("Say something"), at(dialogue.agency, "dialogues:say_in", pk=dialogue.pk))
    led = _("A dialogue is led by both sides: people who use services, and staff.")
    return DialoguePage(
        tags=list(_tags(dialogue, on)),
        speak=speak if may.speak else None,
        themes=[_theme(each, works=may.facilitate) for each in parts.themes],
        hearing=_hearing(parts) if may.facilitate else [],
        sessions=[_session(each) for each in parts.sessions],
        missing=parts.missing if may.change else "",
        meeting=_meeting(dialogue, may),
        led=led if parts.is_led else _("Nobody leads it yet."),
        leaders=[seat.member.shown_name for seat in parts.leaders],
        seated=_("You take part in it.") if parts.seated else "",
        people=_people(dialogue, may),
        leads_on=_leads_on(parts, may),
    )


def _tags(dialogue: Dialogue, on: date) -> Iterator[str]:
    if dialogue.group.hidden:
        yield _("Only for those who take part")
    if dialogue.group.opened > on:
        yield _starts(dialogue)


def _theme(told: ToldTheme, *, works: bool) -> ThemeShown:
    theme, outcome = told.theme, told.outcome
    href = partial(at, theme.agency, pk=theme.pk)
    if outcome.disposition:
        words = ". ".join(each for each in (outcome.label, outcome.reason) if each)
    else:
        words = _("We tell you what happens next by %(day)s.") % {"day": written(theme.dispose_by)}
    work = PageLink(_("Work on this theme"), href("dialogues:theme"), theme.title)
    return ThemeShown(
        title=theme.title,
        href=href("dialogues:story"),
        told=outcome.told,
        words=words,
        work=[work] if works else [],
    )


def _hearing(parts: DialogueParts) -> list[PageLink]:
    href = partial(at, parts.dialogue.agency, pk=parts.dialogue.pk)
    read = ngettext(
        "Read what people said: %(n)s entry is in no theme yet",
        "Read what people said: %(n)s entries are in no theme yet",
        parts.waiting,
    )
    return [
        PageLink(read % {"n": parts.waiting}, href("dialogues:unheard")),
        PageLink(_("Write down a theme"), href("dialogues:harvest")),
    ]


def _session(meeting: Meeting) -> SessionShown:
    return SessionShown(
        href=at(meeting.agency, "groups:meeting", pk=meeting.pk),
        when=written_time(meeting.starts_at),
        state=_("planned") if meeting.status == MeetingStatus.PLANNED else "",
    )


def _meeting(dialogue: Dialogue, may: DialogueRights) -> list[PageLink]:
    href = partial(at, dialogue.agency)
    plan = PageLink(_("Plan a session"), href("groups:plan_meeting", pk=dialogue.group_id))
    felt = PageLink(_("See if people felt heard"), href("dialogues:closings", pk=dialogue.pk))
    print_texts = PageLink(_("Print invitations, a poster or an agenda"), href("starters:texts"))
    return [plan, print_texts, felt] if may.change else [felt]


def _people(dialogue: Dialogue, may: DialogueRights) -> list[PageLink]:
    href = partial(at, dialogue.agency, pk=dialogue.pk)
    people = at(dialogue.agency, "groups:people", pk=dialogue.group_id)
    oriented = at(dialogue.agency, "compensation:orientations", pk=dialogue.group_id)
    aside, address = href("dialogues:set_aside_in"), href("dialogues:door_of")
    name = may.change and may.name
    offered = [
        (True, _("Read the ground rules"), href("dialogues:ground_rules")),
        (name, _("Name a co-facilitator"), href("dialogues:co_facilitator")),
        (may.change, _("See who takes part"), people),
        (may.run, _("See who had an orientation"), oriented),
        (may.change, _("Set words aside, or bring them back"), aside),
        (may.change, _("Print the address for anonymous words"), address),
    ]
    return [PageLink(words, to) for is_offered, words, to in offered if is_offered]


def _leads_on(parts: DialogueParts, may: DialogueRights) -> list[PageLink]:
    """Links to where it came from and where it leads."""
    dialogue = parts.dialogue
    href = partial(at, dialogue.agency)
    kin = [
        PageLink(_kinship(dialogue, each), href("dialogues:dialogue", pk=each.pk))
        for each in parts.family
    ]
    offered = [
        (may.grow, _("Let a focused dialogue grow out of it"), "dialogues:grow"),
        (may.advance, _("Lead it to the next stage"), "dialogues:advance"),
        (may.close, _("End the dialogue"), "dialogues:close"),
    ]
    ways = [
        PageLink(words, href(name, pk=dialogue.pk))
        for is_offered, words, name in offered
        if is_offered
    ]
    return [*kin, *ways]


def _kinship(dialogue: Dialogue, other: Dialogue) -> str:
    grew = other.pk == dialogue.grew_from_id
    said = _("It grew from %(name)s") if grew else _("%(name)s grew from it")
    return said % {"name": other.group.name}
