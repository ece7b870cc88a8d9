"""Speaking: with an account, for somebody from paper, or anonymously in three pages.

Between those pages, anonymous words are kept only in the forms themselves: no session, no draft, no
address.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dialogues.dialogue import finding as dialogue_finding
from dialogues.dialogue.finding import dialogue_of, open_dialogues_of
from dialogues.dialogue.models import Dialogue, VoiceDoor
from dialogues.policies import VOICES_AN_HOUR
from dialogues.readers import reading as readers
from dialogues.readers import rules as reader_rules
from dialogues.voices import actions, receipts, rules
from dialogues.voices.clocks import promised
from dialogues.voices.forms import (
    NAMED,
    UNNAMED,
    EnterForSomeoneForm,
    SayForm,
    SendVoiceForm,
    VoiceForm,
)
from foundation import codes, flood, tenancy
from foundation.addresses import at
from foundation.anonymity import key_from
from foundation.asking import show
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit, submit_unnamed
from foundation.refusals import Refused, enforce
from foundation.untraced import untraced


def say(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """Speak in a dialogue, or choose who should hear it."""
    dialogue = dialogue_of(request, pk) if pk is not None else None
    unheard = reader_rules.heard_by_program(request.agency)
    if dialogue is not None:
        enforce(rules.speaking(dialogue, request.member))
    form = SayForm.from_request(
        request,
        member=request.member,
        dialogues=open_dialogues_of(request),
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
        "dialogues/voices/say.html",
        {
            "form": form,
            "dialogue": dialogue,
            "unheard": unheard if dialogue is None else None,
            "nowhere": dialogue is None and unheard and not open_dialogues_of(request).exists(),
            "who_reads": readers.promise(request.agency, dialogue or Dialogue()),
            "program_reads": [] if dialogue else readers.promise(request.agency, None),
        },
    )


def enter_for_someone(request: AgencyRequest) -> HttpResponse:
    """Enter what somebody wrote on paper."""
    enforce(rules.entering_for_someone(None, request.member))
    form = EnterForSomeoneForm.from_request(
        request,
        agency=request.agency,
        dialogues=open_dialogues_of(request),
        program=reader_rules.heard_by_program(request.agency) is None,
    )

    def act(form: EnterForSomeoneForm) -> Destination:
        key = key_from(form.cleaned_data["submission"])
        actions.enter_for_someone(request.agency, by=request.member, key=key, **form.answers)
        return at(request.agency, "dialogues:dialogues"), _("The words are in.")

    # Show a name only if there is one and its owner agrees.
    named = bool(form.data.get("named") and form.data.get("author"))
    send = submit if named else submit_unnamed
    return send(request, form, act) or show(
        request,
        form,
        title=_("Enter words for someone"),
        text=[
            _(
                "Somebody wrote on paper. Type it in here for them. We keep that you typed it in, "
                "and that they agreed."
            ),
            _(
                "Did they want nobody to know who they are? Then use the page for anonymous words. "
                "Nothing is kept there about you either."
            ),
        ],
        button=_("Send"),
        back=at(request.agency, "dialogues:dialogues"),
        back_text=_("Back to dialogues"),
    )


CHANGE = "change"


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """The text box; then what others will see, and what is not hidden; then the receipt."""
    door = dialogue_finding.door(codes.typed(code))
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
    return render(request, "dialogues/voices/open/voice.html", {"form": form, **_about(door)})


def _nobody_reads(request: HttpRequest, door: VoiceDoor) -> HttpResponse | None:
    """Say who else there is if nobody reads words to the whole program."""
    agency, today = door.agency, door.agency.today()
    refusal = reader_rules.heard_by_program(agency)
    if refusal is None:
        return None
    running = Dialogue.objects.within(agency).open(today).filter(group__hidden=False)
    found = VoiceDoor.objects.within(agency).filter(closed_on=None, dialogue__in=running)
    others = list(found.select_related("dialogue__group").order_by("dialogue__group__name"))
    return render(
        request, "dialogues/voices/open/nobody_reads.html", {"refusal": refusal, "doors": others}
    )


def _preview(request: HttpRequest, door: VoiceDoor, kept: dict[str, str]) -> HttpResponse:
    form = SendVoiceForm(initial=kept)
    return render(
        request,
        "dialogues/voices/open/preview.html",
        {"form": form, "text": kept["text"], **_about(door)},
    )


def _send(request: HttpRequest, door: VoiceDoor) -> HttpResponse:
    form = SendVoiceForm(request.POST)
    if not form.is_valid():
        # Tampered with, or older than the address: start over with the text.
        again = VoiceForm(request.POST)
        return render(request, "dialogues/voices/open/voice.html", {"form": again, **_about(door)})
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
        return render(request, "dialogues/voices/open/voice.html", {"form": again, **_about(door)})
    except Refused as refused:
        return _refused(request, refused)
    reply_by = promised(agency, agency.today()).reply_by
    return render(
        request,
        "dialogues/voices/open/thanks.html",
        {"code": codes.shown(receipt), "reply_by": reply_by, **_about(door)},
    )


def _about(door: VoiceDoor) -> dict[str, object]:
    """Whoever finds a hidden dialogue's address does not learn its name."""
    dialogue = door.dialogue
    shown = dialogue if dialogue is not None and not dialogue.group.hidden else None
    who_reads = readers.promise(door.agency, dialogue, by_nobody=True, names=False)
    return {
        "agency_name": door.agency.name,
        "dialogue": shown,
        "of_dialogue": dialogue is not None,
        "who_reads": who_reads,
    }


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    response = render(request, "dialogues/voices/open/refused.html", {"refusal": refused.refusal})
    response.status_code = 403
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "dialogues/voices/open/too_many.html")
    response.status_code = 429
    return response
