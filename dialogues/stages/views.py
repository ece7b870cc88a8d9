"""Advancing a dialogue to its next stage, and closing it."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dialogues.dialogue.finding import dialogue_of
from dialogues.dialogue.models import Dialogue
from dialogues.stages import actions, rules
from dialogues.themes.models import Theme
from dialogues.told_back.models import DispositionKind
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination
from foundation.refusals import enforce


def advance(request: AgencyRequest, pk: int) -> HttpResponse:
    """Advance a focused dialogue to its next stage."""
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

    said = _("%(name)s is at the stage “%(stage)s” now. It can’t go back.")
    onward = found.next_stage
    return ask(
        request,
        form,
        act,
        tab=_("Lead it to the next stage"),
        title=_("Next stage: %(stage)s") % {"stage": onward.label if onward else ""},
        text=[said % {"name": found.group.name, "stage": found.get_stage_display()}],
        button=_("Go to the next stage"),
        **_back(request, found),
    )


def _back(request: AgencyRequest, dialogue: Dialogue) -> Back:
    return {
        "back": at(request.agency, "dialogues:dialogue", pk=dialogue.pk),
        "back_text": _("Back to the dialogue"),
    }


def close(request: AgencyRequest, pk: int) -> HttpResponse:
    """Close the dialogue."""
    found = dialogue_of(request, pk)
    themes = Theme.objects.within(request.agency).filter(dialogue=found)
    undisposed = themes.undisposed(request.agency.today()).count()
    enforce(rules.closing(found, request.member, undisposed=undisposed))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.close(found, by=request.member)
        return at(request.agency, "dialogues:dialogue", pk=pk), _("The dialogue has ended.")

    return ask(
        request,
        form,
        act,
        tab=_("End the dialogue"),
        title=_("End %(name)s") % {"name": found.group.name},
        warning=_(
            "Nobody can say anything here after this. What was heard, and the replies, can still "
            "be read."
        ),
        button=_("End the dialogue"),
        **_back(request, found),
    )
