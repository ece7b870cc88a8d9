"""Having a say: what is open, saying something, and what came of it."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dialogues import actions, overview, readers, rules
from dialogues.forms import EnterForSomeoneForm, SayForm
from dialogues.forms.voices import NAMED, UNNAMED
from dialogues.models import Dialogue, DialogueQuerySet, VoiceDoor
from dialogues.views.finding import dialogue_of, dialogues_of
from foundation.addresses import at
from foundation.anonymity import key_from
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit, submit_unnamed
from foundation.paging import few, page_of
from foundation.refusals import enforce

# At most seven ways on from the page.
DIALOGUES_SHOWN = 2
WORDS_SHOWN = 2


def _open(request: AgencyRequest) -> DialogueQuerySet:
    found = dialogues_of(request).open(request.agency.today())
    return found.order_by("group__name", "pk")


@require_safe
def have_your_say(request: AgencyRequest) -> HttpResponse:
    door = VoiceDoor.objects.within(request.agency).filter(dialogue=None, closed_on=None).first()
    mine = few(overview.words_of(request.member), WORDS_SHOWN)
    return render(
        request,
        "dialogues/have_your_say.html",
        {
            "dialogues": few(_open(request), DIALOGUES_SHOWN),
            "door": door,
            "mine": overview.with_themes(request.member, mine.rows),
            "few_of_mine": mine,
        },
    )


@require_safe
def my_words(request: AgencyRequest) -> HttpResponse:
    """All that the member said, and what came of it."""
    page = page_of(request, overview.words_of(request.member))
    mine = overview.with_themes(request.member, list(page))
    return render(request, "dialogues/my_words.html", {"mine": mine, "page": page})


def say(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """Say something in a dialogue, or choose who should hear it."""
    dialogue = dialogue_of(request, pk) if pk is not None else None
    unheard = rules.heard_by_program(request.agency)
    if dialogue is not None:
        enforce(rules.speaking(dialogue, request.member))
    form = SayForm.from_request(
        request,
        member=request.member,
        dialogues=_open(request),
        fixed=dialogue is not None,
        program=unheard is None,
    )

    def act(form: SayForm) -> Destination:
        answers = form.answers
        heard_by: Dialogue | None = answers.pop("dialogue", None) or dialogue
        answers["named"] = answers["named"] == NAMED
        key = key_from(form.cleaned_data["submission"])
        actions.contribute(request.agency, by=request.member, dialogue=heard_by, key=key, **answers)
        where = "dialogues:my_words"
        return at(request.agency, where), _("Thank you. You will hear what comes of it.")

    send = submit_unnamed if form.data.get("named") == UNNAMED else submit
    return send(request, form, act) or render(
        request,
        "dialogues/say.html",
        {
            "form": form,
            "dialogue": dialogue,
            "unheard": unheard if dialogue is None else None,
            "nowhere": dialogue is None and unheard and not _open(request).exists(),
            "who_reads": readers.promise(request.agency, dialogue or Dialogue()),
            "program_reads": [] if dialogue else readers.promise(request.agency, None),
        },
    )


def enter_for_someone(request: AgencyRequest) -> HttpResponse:
    """Type in what somebody wrote on paper."""
    enforce(rules.entering_for_someone(None, request.member))
    form = EnterForSomeoneForm.from_request(
        request,
        agency=request.agency,
        dialogues=_open(request),
        program=rules.heard_by_program(request.agency) is None,
    )

    def act(form: EnterForSomeoneForm) -> Destination:
        key = key_from(form.cleaned_data["submission"])
        actions.enter_for_someone(request.agency, by=request.member, key=key, **form.answers)
        return at(request.agency, "dialogues:dialogues"), _("The words are in.")

    # A name is shown only where there is one, and they want it to be.
    named = bool(form.data.get("named") and form.data.get("author"))
    send = submit if named else submit_unnamed
    return send(request, form, act) or render(
        request, "dialogues/enter_for_someone.html", {"form": form}
    )


def door(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """The address for anonymous words: to print and put up, to make anew."""
    dialogue = dialogue_of(request, pk) if pk is not None else None
    enforce(rules.opening_door(dialogue, request.member))
    doors = VoiceDoor.objects.within(request.agency).filter(dialogue=dialogue, closed_on=None)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.open_door(request.agency, dialogue, by=request.member)
        return request.path, _("The address is new.")

    return submit(request, form, act) or render(
        request,
        "dialogues/door.html",
        {"form": form, "dialogue": dialogue, "door": doors.first(), "host": request.get_host()},
    )
