"""Reflections: read by everybody once released; written, agreed on and released by consumers."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from satisfaction import actions
from satisfaction.forms import ReflectionForm, ReflectionSayForm
from satisfaction.models import Reflection
from satisfaction.reflecting import ReflectionInWork, in_work


@require_safe
def reflections(request: AgencyRequest) -> HttpResponse:
    """What was released, the newest first; for the consumers also what is being written."""
    released = Reflection.objects.within(request.agency).released(request.agency.today())
    return render(
        request,
        "satisfaction/reflections.html",
        {
            "page": page_of(request, released.order_by("-released_on", "-pk")),
            "work": in_work(request.member),
            "key": PortalForm(),
            "yes": ReflectionSayForm(initial={"agrees": True}),
            "no": ReflectionSayForm(initial={"agrees": False}),
        },
    )


def write(request: AgencyRequest) -> HttpResponse:
    """Write down what the consumers said together, or write it anew."""
    now = _work(request).reflection
    before = {} if now is None else {"met_on": now.met_on, "peer": now.peer, "text": now.text}
    form = ReflectionForm.from_request(request, initial=before)

    def act(form: ReflectionForm) -> Destination:
        said = form.cleaned_data
        actions.write_reflection(
            met_on=said["met_on"], peer=said["peer"], text=said["text"], by=request.member
        )
        return _there(request), _("Saved. The others have a message, so that they can read it.")

    return ask(
        request,
        form,
        act,
        title=_("What you say together"),
        text=[
            _(
                "You are few, so a survey could give somebody away. Meet without staff, with a "
                "peer from outside, and write down only what you agree on."
            ),
            _("Nobody else sees it before you release it. Who agreed is forgotten then."),
        ],
        warning="" if now is None else _("Whoever agreed before has to agree again."),
        kind="",
        button=_("Save"),
        **_back(request),
    )


@require_POST
def say(request: AgencyRequest) -> HttpResponse:
    """Agree with what is written, or not yet."""
    reflection = _in_hand(_work(request))
    form = ReflectionSayForm.from_request(request)

    def act(form: ReflectionSayForm) -> Destination:
        actions.say_of_reflection(reflection, agrees=form.cleaned_data["agrees"], by=request.member)
        return _there(request), _("Thank you. We have noted what you said.")

    return submit(request, form, act) or HttpResponseRedirect(_there(request))


def release(request: AgencyRequest) -> HttpResponse:
    """Ask once more, then show it to everybody."""
    work = _work(request)
    reflection = _in_hand(work)

    def act(form: PortalForm) -> Destination:
        actions.release_reflection(reflection, by=request.member)
        return _there(request), _("It is released. Everybody in the program can read it.")

    return ask(
        request,
        PortalForm.from_request(request),
        act,
        rule=lambda: work.refusal,
        title=_("Release what you say together?"),
        paper=reflection.text,
        warning=_("Everybody in the program will read it, and nobody can change it any more."),
        kind="",
        button=_("Release it"),
        **_back(request),
    )


def _work(request: AgencyRequest) -> ReflectionInWork:
    """Nobody else may know that there is something to write, nor for whom."""
    work = in_work(request.member)
    if work is None:
        raise Http404
    return work


def _in_hand(work: ReflectionInWork) -> Reflection:
    if work.reflection is None:
        raise Http404
    return work.reflection


def _there(request: AgencyRequest) -> str:
    return at(request.agency, "satisfaction:reflections")


def _back(request: AgencyRequest) -> Back:
    return {"back": _there(request), "back_text": _("Back to what consumers say together")}
