"""Speaking as nobody, in three pages, and finding the reply.

Nothing is kept between the pages but in the forms themselves: no session, no draft, no address.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialogues import actions, doors, readers, receipts, rules, story
from dialogues.clocks import promised
from dialogues.forms import ReceiptForm, SendVoiceForm, VoiceForm
from dialogues.models import Dialogue, Theme, Voice, VoiceDoor
from dialogues.policies import LOOKS_AN_HOUR, VOICES_AN_HOUR
from dialogues.silencing import actions as silencing_actions
from dialogues.silencing import reading
from dialogues.silencing.forms import UnnamedAppealForm
from foundation import codes, flood, tenancy
from foundation.pages import render
from foundation.refusals import Refused
from foundation.untraced import untraced

CHANGE = "change"


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """The box; then what others will see, and what is not hidden; then thanks and the receipt."""
    door = doors.door(codes.typed(code))
    if door is None:
        raise Http404
    with tenancy.entering(door.agency):
        return _at(request, door)


def _at(request: HttpRequest, door: VoiceDoor) -> HttpResponse:
    if door.dialogue_id is None and (answer := _nobody_reads(request, door)) is not None:
        return answer
    if "seal" in request.POST and CHANGE not in request.POST:
        return _send(request, door)
    form = VoiceForm.from_request(request)
    if request.method == "POST" and form.is_valid() and CHANGE not in request.POST:
        sealed = receipts.sealed(receipts.new())
        return _preview(request, door, {**form.cleaned_data, "seal": sealed})
    return render(request, "dialogues/open/voice.html", {"form": form, **_about(door)})


def _nobody_reads(request: HttpRequest, door: VoiceDoor) -> HttpResponse | None:
    """Where nobody is named to read words to the whole program: who else there is."""
    agency, today = door.agency, door.agency.today()
    refusal = rules.heard_by_program(agency)
    if refusal is None:
        return None
    running = Dialogue.objects.within(agency).open(today).filter(group__hidden=False)
    found = VoiceDoor.objects.within(agency).filter(closed_on=None, dialogue__in=running)
    others = list(found.select_related("dialogue__group").order_by("dialogue__group__name"))
    return render(
        request, "dialogues/open/nobody_reads.html", {"refusal": refusal, "doors": others}
    )


def _preview(request: HttpRequest, door: VoiceDoor, kept: dict[str, str]) -> HttpResponse:
    form = SendVoiceForm(initial=kept)
    return render(
        request, "dialogues/open/preview.html", {"form": form, "text": kept["text"], **_about(door)}
    )


def _send(request: HttpRequest, door: VoiceDoor) -> HttpResponse:
    form = SendVoiceForm(request.POST)
    if not form.is_valid():
        # Tampered with, or from before the address changed: begin with what was written.
        again = VoiceForm(request.POST)
        return render(request, "dialogues/open/voice.html", {"form": again, **_about(door)})
    if flood.too_many(request, "voice", limit=VOICES_AN_HOUR.value):
        return _too_many(request)
    agency, receipt = door.agency, form.cleaned_data["seal"]
    try:
        actions.speak_anonymously(
            agency,
            receipt=receipt,
            text=form.cleaned_data["text"],
            dialogue_id=door.dialogue_id,
            prompt=form.cleaned_data["prompt"],
        )
    except ValidationError as error:
        again = VoiceForm(request.POST)
        again.add_error(None, error)
        return render(request, "dialogues/open/voice.html", {"form": again, **_about(door)})
    except Refused as refused:
        return _refused(request, refused)
    reply_by = promised(agency, agency.today()).reply_by
    return render(
        request,
        "dialogues/open/thanks.html",
        {"code": codes.shown(receipt), "reply_by": reply_by, **_about(door)},
    )


def _about(door: VoiceDoor) -> dict[str, object]:
    """A hidden dialogue is not named to whoever finds its address."""
    dialogue = door.dialogue
    shown = dialogue if dialogue is not None and not dialogue.group.hidden else None
    who_reads = readers.promise(door.agency, dialogue, by_nobody=True, names=False)
    return {
        "agency_name": door.agency.name,
        "dialogue": shown,
        "of_dialogue": dialogue is not None,
        "who_reads": who_reads,
    }


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """What came of words that were said as nobody."""
    if request.method == "POST" and flood.too_many(request, "receipt", limit=LOOKS_AN_HOUR.value):
        return _too_many(request)
    form = ReceiptForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        agency = doors.agency_of_receipt(code)
        if agency is not None:
            with tenancy.entering(agency):
                voice = Voice.objects.within(agency).get(receipt=receipts.digest(code))
                return _found(request, voice, code)
        form.add_error("code", _("We don't know this code. Please check it."))
    return render(request, "dialogues/open/receipt.html", {"form": form})


def _found(request: HttpRequest, voice: Voice, code: str) -> HttpResponse:
    themes = Theme.objects.within(voice.agency).with_story().filter(words__voice=voice)
    themes = themes.order_by("pk")
    told = [(theme, story.public(theme, reply_by=voice.reply_by)) for theme in themes]
    return render(
        request,
        "dialogues/open/found.html",
        {
            "voice": voice,
            "told": told,
            "reply_by": voice.reply_by,
            **_aside(voice, code),
        },
    )


def _aside(voice: Voice, code: str) -> dict[str, object]:
    """What was done about the words, and the form for an appeal where there is one."""
    done = reading.told(voice, voice.agency.today())
    open_to = any(each.may_appeal for each in done)
    sealed = {"seal": receipts.sealed(code)}
    return {"done": done, "form": UnnamedAppealForm(initial=sealed) if open_to else None}


@untraced
@require_http_methods(["POST"])
def appeal(request: HttpRequest) -> HttpResponse:
    """What somebody who spoke as nobody has against it that their words are set aside."""
    if flood.too_many(request, "receipt", limit=LOOKS_AN_HOUR.value):
        return _too_many(request)
    form = UnnamedAppealForm.from_request(request)
    code = form.cleaned_data.get("seal") if form.is_valid() else None
    agency = doors.agency_of_receipt(code) if code else None
    if agency is None or code is None:
        return HttpResponseRedirect(reverse("dialogues_open:receipt"))
    with tenancy.entering(agency):
        voice = Voice.objects.within(agency).get(receipt=receipts.digest(code))
        silencing_actions.appeal_unnamed(voice, text=form.cleaned_data["text"])
        return _found(request, voice, code)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    response = render(request, "dialogues/open/refused.html", {"refusal": refused.refusal})
    response.status_code = 403
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "dialogues/open/too_many.html")
    response.status_code = 429
    return response
