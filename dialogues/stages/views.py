"""Leading a dialogue to its next stage, and ending it."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dialogues.dialogue.finding import dialogue_of
from dialogues.stages import actions, rules
from dialogues.themes.models import Theme
from dialogues.told_back.models import DispositionKind
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce


def advance(request: AgencyRequest, pk: int) -> HttpResponse:
    """Lead a focused dialogue to its next stage."""
    found = dialogue_of(request, pk)
    themes = Theme.objects.within(request.agency).filter(dialogue=found)
    taken_up = themes.filter(dispositions__kind=DispositionKind.CELL).count()
    enforce(
        rules.advancing(found, request.member, themes=themes.count(), taken_up=taken_up),
    )
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.advance(found, by=request.member)
        return at(request.agency, "dialogues:dialogue", pk=pk), _("The dialogue is one step on.")

    return submit(request, form, act) or render(
        request,
        "dialogues/stages/advance.html",
        {"form": form, "dialogue": found, "next": found.next_stage},
    )


def close(request: AgencyRequest, pk: int) -> HttpResponse:
    """End the dialogue."""
    found = dialogue_of(request, pk)
    themes = Theme.objects.within(request.agency).filter(dialogue=found)
    undisposed = themes.undisposed(request.agency.today()).count()
    enforce(rules.closing(found, request.member, undisposed=undisposed))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.close(found, by=request.member)
        return at(request.agency, "dialogues:dialogue", pk=pk), _("The dialogue has ended.")

    return submit(request, form, act) or render(
        request, "dialogues/stages/close.html", {"form": form, "dialogue": found}
    )
