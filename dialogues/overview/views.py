"""The list of dialogues, one dialogue, and a member's own words."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dialogues.dialogue import rules as dialogue_rules
from dialogues.dialogue.finding import dialogue_of, dialogues_of, open_dialogues_of
from dialogues.dialogue.models import VoiceDoor
from dialogues.overview import reading
from dialogues.overview.presenting import DialogueParts, DialogueRights, card, dialogue_page
from dialogues.readers import reading as readers
from dialogues.readers import rules as reader_rules
from dialogues.stages import rules as stage_rules
from dialogues.themes import unheard
from dialogues.told_back import outcomes
from dialogues.voices import rules as voice_rules
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import few, page_of
from groups import leading
from groups import rules as group_rules

# Dialogues per page of a list.
A_PAGE = 10


@require_safe
def dialogues(request: AgencyRequest) -> HttpResponse:
    """All dialogues that the member may know of."""
    agency, today = request.agency, request.agency.today()
    rows = list(dialogues_of(request).order_by("group__name", "pk"))
    going_on = page_of(request, [each for each in rows if not each.group.is_over(today)], A_PAGE)
    ended = [each for each in rows if each.group.is_over(today)]
    mine = readers.named(agency, today).filter(member=request.member).first()
    may_open = dialogue_rules.opening(request.member) is None
    work = reading.work_of(agency, going_on, today)
    return render(
        request,
        "dialogues/overview/dialogues.html",
        {
            "going_on": going_on,
            "cards": [card(each, work[each.pk], today, shows_work=may_open) for each in going_on],
            "ended": page_of(request, ended, A_PAGE, parameter="ended"),
            "may_open": may_open,
            "may_enter": voice_rules.entering_for_someone(None, request.member) is None,
            "may_name": reader_rules.naming_readers(request.member) is None,
            "reading": mine,
            "waiting": unheard.counted(None, agency, today) if mine is not None else 0,
        },
    )


@require_safe
def dialogue(request: AgencyRequest, pk: int) -> HttpResponse:
    """One dialogue: its people, its sessions, what was heard and what came of it."""
    member, today = request.member, request.agency.today()
    found = dialogue_of(request, pk)
    seats = reading.seats(found, found.group.day_to_show(today))
    # Read all themes in one query: whether the dialogue can end depends on every page's.
    themes = outcomes.told_themes(reading.themes(found))
    shown = page_of(request, themes, parameter="themes")
    said = reading.contributions(found, today)
    may_read = reader_rules.reading(found, member) is None
    facilitates = dialogue_rules.facilitates(found, member)
    parts = DialogueParts(
        dialogue=found,
        themes=list(shown),
        sessions=reading.sessions(found),
        leaders=leading.leaders_open_to(member, seats),
        is_led=leading.is_led(seats),
        seated=any(seat.member_id == member.pk for seat in seats),
        missing=dialogue_rules.missing_side(dialogue_rules.co_facilitators(seats), member),
        waiting=unheard.counted(found, request.agency, today) if facilitates else 0,
        family=reading.family_of(found, member),
    )
    tally = outcomes.tally(themes)
    may = DialogueRights(
        speak=voice_rules.speaking(found, member) is None,
        facilitate=facilitates,
        change=dialogue_rules.changing(found, member) is None,
        name=dialogue_rules.naming_co_facilitator(found, member) is None,
        grow=dialogue_rules.growing(found, member) is None,
        advance=stage_rules.advancing(found, member, themes=tally.themes, taken_up=tally.taken_up)
        is None,
        run=group_rules.running(found.group, member) is None,
        close=stage_rules.closing(found, member, undisposed=tally.undisposed) is None,
    )
    return render(
        request,
        "dialogues/overview/dialogue.html",
        {
            "dialogue": found,
            "page": dialogue_page(parts, may, today),
            "themes": shown,
            "sessions": parts.sessions,
            "said": page_of(request, said, parameter="words") if may_read else None,
            "who_reads": readers.promise(request.agency, found),
        },
    )


# Show at most seven links on the page.
DIALOGUES_SHOWN = 2
WORDS_SHOWN = 2


@require_safe
def have_your_say(request: AgencyRequest) -> HttpResponse:
    door = VoiceDoor.objects.within(request.agency).filter(dialogue=None, closed_on=None).first()
    mine = few(outcomes.words_of(request.member), WORDS_SHOWN)
    return render(
        request,
        "dialogues/overview/have_your_say.html",
        {
            "dialogues": few(open_dialogues_of(request), DIALOGUES_SHOWN),
            "door": door,
            "mine": outcomes.came_of(request.member, mine),
            "few_of_mine": mine,
        },
    )


@require_safe
def my_words(request: AgencyRequest) -> HttpResponse:
    """Everything the member said, and what came of it."""
    page = page_of(request, outcomes.words_of(request.member))
    mine = outcomes.came_of(request.member, page)
    return render(request, "dialogues/overview/my_words.html", {"mine": mine, "page": page})
