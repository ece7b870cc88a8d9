"""Opening and growing dialogues; their leaders, ground rules and open address."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from dialogues.dialogue import actions, rules
from dialogues.dialogue.actions import current_rules
from dialogues.dialogue.finding import dialogue_of
from dialogues.dialogue.forms import (
    CoFacilitatorForm,
    GroundRulesForm,
    GrowForm,
    OpenForm,
    ReadRulesForm,
)
from dialogues.dialogue.models import Dialogue, VoiceDoor
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce
from starters import beginning
from starters.texts import TextCode


def open_dialogue(request: AgencyRequest) -> HttpResponse:
    enforce(rules.opening(request.member))
    form = OpenForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: OpenForm) -> Destination:
        opened = actions.open_dialogue(request.agency, by=request.member, **form.answers)
        return at(request.agency, "dialogues:dialogue", pk=opened.pk), _("The dialogue is open.")

    return ask(
        request,
        form,
        act,
        title=_("Start a dialogue"),
        text=[
            _(
                "It begins with ground rules that you can change together. Before its first "
                "session it needs two co-facilitators: one who uses services, one from the "
                "front-line staff."
            )
        ],
        button=_("Start the dialogue"),
        back=at(request.agency, "dialogues:dialogues"),
        back_text=_("Back to dialogues"),
    )


def _back(request: AgencyRequest, dialogue: Dialogue) -> Back:
    return {
        "back": at(request.agency, "dialogues:dialogue", pk=dialogue.pk),
        "back_text": _("Back to the dialogue"),
    }


def grow(request: AgencyRequest, pk: int) -> HttpResponse:
    """Start a focused dialogue out of this one."""
    found = dialogue_of(request, pk)
    enforce(rules.growing(found, request.member))
    form = GrowForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: GrowForm) -> Destination:
        grown = actions.grow(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:dialogue", pk=grown.pk), _("The dialogue is open.")

    return ask(
        request,
        form,
        act,
        tab=_("Let a focused dialogue grow"),
        title=_("Let a focused dialogue grow out of %(name)s") % {"name": found.group.name},
        text=[
            _(
                "A focused dialogue is about one issue. First it finds what to make better, then "
                "how. Its ground rules are those of this dialogue, until its people agree on "
                "others."
            )
        ],
        button=_("Start the focused dialogue"),
        **_back(request, found),
    )


def co_facilitator(request: AgencyRequest, pk: int) -> HttpResponse:
    found = dialogue_of(request, pk)
    enforce(rules.naming_co_facilitator(found, request.member))
    form = CoFacilitatorForm.from_request(
        request,
        agency=request.agency,
        initial={"since": found.group.day_to_show(request.agency.today())},
    )

    if request.method == "POST" and form.is_valid():
        # Success or failure, the answer reveals the person's standing, so log the look.
        access.log(by=request.member, about=form.cleaned_data["member"], what="standing")

    def act(form: CoFacilitatorForm) -> Destination:
        actions.name_co_facilitator(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:dialogue", pk=pk), _(
            "They were asked. They facilitate it when they accept."
        )

    return ask(
        request,
        form,
        act,
        title=_("Name a co-facilitator"),
        text=[
            _("%(name)s needs one who uses services and one from the front-line staff, as equals.")
            % {"name": found.group.name}
        ],
        button=_("Ask them"),
        **_back(request, found),
    )


@require_safe
def ground_rules(request: AgencyRequest, pk: int) -> HttpResponse:
    """The ground rules, and whether the member has agreed to keep to them."""
    found = dialogue_of(request, pk)
    current = current_rules(found)
    given = current and current.acknowledgements.filter(member=request.member).first()
    form = ReadRulesForm(initial={"number": current.number if current else 1})
    return render(
        request,
        "dialogues/dialogue/ground_rules.html",
        {
            "dialogue": found,
            "current": current,
            "given": given,
            "key": form,
            "may_acknowledge": rules.acknowledging(found, request.member) is None,
            "may_change": rules.changing(found, request.member) is None,
            # The first rules are those that every dialogue opens with: nobody has agreed on any.
            "may_start": current is None or current.number == 1,
        },
    )


@require_POST
def acknowledge(request: AgencyRequest, pk: int) -> HttpResponse:
    found = dialogue_of(request, pk)
    form = ReadRulesForm.from_request(request)

    def act(form: ReadRulesForm) -> Destination:
        actions.acknowledge(found, by=request.member, number=form.cleaned_data["number"])
        return at(request.agency, "dialogues:dialogue", pk=pk), _("Thank you.")

    # Show rules again that have changed meanwhile.
    return submit(request, form, act) or HttpResponseRedirect(
        at(request.agency, "dialogues:ground_rules", pk=pk)
    )


def set_ground_rules(request: AgencyRequest, pk: int) -> HttpResponse:
    found = dialogue_of(request, pk)
    enforce(rules.changing(found, request.member))
    current = current_rules(found)
    began = beginning.begun(request, TextCode.GROUND_RULES)
    first = {"text": current.text if current else ""}
    if began is not None:
        first = {"text": began.words, "starter": began.text.language}
    form = GroundRulesForm.from_request(request, initial=first)

    def act(form: GroundRulesForm) -> Destination:
        actions.set_ground_rules(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:ground_rules", pk=pk), _("The ground rules are new.")

    return ask(
        request,
        form,
        act,
        title=_("Change the ground rules"),
        text=[*beginning.said(began), _("Agree on them together first.")],
        button=_("Keep these rules"),
        back=at(request.agency, "dialogues:ground_rules", pk=pk),
        back_text=_("Back to the ground rules"),
    )


@require_safe
def starter(request: AgencyRequest, pk: int) -> HttpResponse:
    """The starter text of ground rules, and its blanks; the editor then begins with it."""
    found = dialogue_of(request, pk)
    enforce(rules.changing(found, request.member))
    return beginning.offer(
        request,
        TextCode.GROUND_RULES,
        editor=at(request.agency, "dialogues:set_ground_rules", pk=pk),
        back=at(request.agency, "dialogues:ground_rules", pk=pk),
        back_text=_("Back to the ground rules"),
    )


def door(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """The address for anonymous words: to print and post, or to replace."""
    dialogue = dialogue_of(request, pk) if pk is not None else None
    enforce(rules.opening_door(dialogue, request.member))
    doors = VoiceDoor.objects.within(request.agency).filter(dialogue=dialogue, closed_on=None)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.open_door(request.agency, dialogue, by=request.member)
        return request.path, _("The address is new.")

    return submit(request, form, act) or render(
        request,
        "dialogues/dialogue/door.html",
        {"form": form, "dialogue": dialogue, "door": doors.first(), "host": request.get_host()},
    )
