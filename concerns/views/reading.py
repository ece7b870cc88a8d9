"""Reading together: the code, the concerns sealed to a reader, and what two of them do."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerns import opened, rules
from concerns.actions import readers as becoming
from concerns.actions import together
from concerns.finding import holder_of
from concerns.forms import MessageForm, ReadingCodeForm, TakeOnForm
from concerns.models import Concern, ConcernSeal, KeyHolder, TakenOn
from concerns.policies import ANSWER, OPEN
from concerns.presenting import page_of_concern
from concerns.rules import OpenKey
from foundation.addresses import at
from foundation.asking import ask, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render
from foundation.paging import page_of
from foundation.refusals import Refusal, enforce

Words = str | Promise


@dataclass(frozen=True)
class AtHand:
    """One concern in front of one reader: their seal of it, and their key if it is open."""

    seal: ConcernSeal
    key: OpenKey | None

    @property
    def concern(self) -> Concern:
        return self.seal.concern

    def refusal(self, request: AgencyRequest) -> Refusal | None:
        """Why this reader can't act on it now."""
        return rules.reading_now(self.seal, self.key, request.member)


@never_cache
@require_safe
def concerns(request: AgencyRequest) -> HttpResponse:
    """The concerns that were sealed to this reader; nothing of what they say."""
    holder = _reader(request)
    rows = ConcernSeal.objects.within(request.agency).filter(holder=holder)
    rows = rows.select_related("concern").order_by("-concern__week", "pk")
    return render(
        request,
        "concerns/reading.html",
        {
            "page": page_of(request, rows),
            "key": opened.opened(request, holder),
            "minutes": OPEN.words,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: AgencyRequest) -> HttpResponse:
    """Enter the reading code: it opens the reader's key for some minutes."""
    holder = _reader(request)
    form = ReadingCodeForm.from_request(request)
    back = at(request.agency, "concerns:reading")
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            private = becoming.open_private_key(holder, code, by=request.member)
        except ValidationError as error:
            form.add_error("code", error.message_dict["code"])
        else:
            response = HttpResponseRedirect(back)
            opened.keep(request, response, holder, private)
            return response
    return show(
        request,
        form,
        title=_("Enter your reading code"),
        text=[_("It stays entered for %(minutes)s.") % {"minutes": OPEN.words}],
        button=_("Go on"),
        back=back,
        back_text=_("Back to the concerns"),
        keep=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forget_code(request: AgencyRequest) -> HttpResponse:
    """Close the key before its time is over."""
    holder = _reader(request)
    form = PortalForm.from_request(request)
    back = at(request.agency, "concerns:reading")
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(back)
        opened.forget(request, response, holder)
        becoming.leave(holder)
        return response
    return show(
        request,
        form,
        title=_("Stop reading for now"),
        text=[_("You enter your reading code again to go on.")],
        button=_("Stop for now"),
        back=back,
        back_text=_("Back to the concerns"),
    )


@never_cache
@require_safe
def concern(request: AgencyRequest, key: UUID) -> HttpResponse:
    """One concern: its words, if a second reader is there now."""
    found = _at_hand(request, key)
    return render(
        request,
        "concerns/concern.html",
        {
            "seal": found.seal,
            "concern": found.concern,
            "page": page_of_concern(found.seal, found.key, request.member),
            "form": PortalForm(),
        },
    )


@require_POST
def come(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Say that one is there to read."""
    found = _at_hand(request, key)
    enforce(rules.opening(found.seal.holder, found.key, request.member))
    assert found.key is not None
    together.be_present(found.seal, key=found.key, by=request.member)
    return HttpResponseRedirect(at(request.agency, "concerns:concern", key=key))


def reply(request: AgencyRequest, key: UUID) -> HttpResponse:
    return _act(
        request,
        key,
        together.reply,
        MessageForm,
        title=_("Reply to the person who wrote"),
        text=_("They read it with their code. The other readers read it, too."),
        button=_("Send the reply"),
        rule=rules.answering,
    )


def note(request: AgencyRequest, key: UUID) -> HttpResponse:
    return _act(
        request,
        key,
        together.note,
        MessageForm,
        title=_("Write a note for the readers"),
        text=_("Only its readers can read it, unless a court or law requires it."),
        button=_("Save the note"),
        rule=rules.answering,
    )


def hear_back(request: AgencyRequest, key: UUID) -> HttpResponse:
    return _act(
        request,
        key,
        together.hear_back,
        MessageForm,
        title=_("Write down the answer you got"),
        text=_("What did the chair or the rights officer answer? The person who wrote reads it."),
        button=_("Save the answer"),
        rule=rules.awaiting,
    )


def _act(
    request: AgencyRequest,
    key: UUID,
    act: Callable[..., object],
    asked: type[PortalForm] = PortalForm,
    *,
    title: Words,
    text: Words,
    button: Words,
    rule: Callable[[Concern], Refusal | None],
    said: Words = "",
) -> HttpResponse:
    """Ask a reader, who is not alone, for what the form asks; `act` takes its answers by name."""
    found = _at_hand(request, key)
    page = at(request.agency, "concerns:concern", key=key)

    def acting(form: PortalForm) -> Destination:
        act(found.seal, **form.answers, key=found.key, by=request.member)
        return page, said or _("Saved.")

    return ask(
        request,
        asked.from_request(request),
        acting,
        rule=lambda: found.refusal(request) or rule(found.concern),
        title=title,
        text=[text],
        button=button,
        keep=False,
        back=page,
        back_text=_("Back to the concern"),
    )


def take_on(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Write down that the concern was taken to the chair or the rights officer."""
    days = ANSWER.words(request.agency, request.agency.today())
    return _act(
        request,
        key,
        together.take_on,
        TakeOnForm,
        title=_("Take it further"),
        text=_(
            "The person who wrote agreed. Speak with the chair or the rights officer, both of "
            "you; say only what is needed. They must answer you within %(days)s. Then write "
            "down here that you did."
        )
        % {"days": days},
        button=_("We took it further"),
        rule=rules.taking_on_at_all,
        said=_("Saved. The clock runs."),
    )


def hand_in(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Write down that the formal complaint was handed in."""
    return _act(
        request,
        key,
        together.hand_in,
        title=_("The formal complaint"),
        text=_(
            "The person who wrote wants this to be a formal complaint as well. Hand it in where "
            "your agency takes grievances, without a name unless they gave one. Then confirm it "
            "here: they see the day."
        ),
        button=_("We handed it in"),
        rule=rules.handing_in,
    )


def close(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Close a concern for good."""
    return _act(
        request,
        key,
        together.close,
        title=_("Close this concern"),
        text=_("It can still be read. Nobody can add to it, not even the person who wrote."),
        button=_("Close the concern"),
        rule=rules.answering,
    )


def pass_on(request: AgencyRequest, key: UUID, pk: int) -> HttpResponse:
    """Pass a concern on to a reader who came later or lost their code."""
    found = _at_hand(request, key)
    enforce(found.refusal(request))
    assert found.key is not None
    lacking = together.lacking(found.seal, key=found.key, by=request.member)
    to = next((each for each in lacking if each.pk == pk), None)
    if to is None:
        raise Http404

    def act(seal: ConcernSeal, *, key: OpenKey, by: object) -> None:
        together.pass_on(seal, to=to, key=key, by=request.member)

    return _act(
        request,
        key,
        act,
        title=_("Pass it on to %(name)s") % {"name": to.member},
        text=_(
            "Pass it on only if it is not about them. All readers are told, and the person who "
            "wrote sees that they can read it."
        ),
        button=_("Pass it on"),
        rule=lambda _concern: None,
    )


@never_cache
@require_safe
def brought(request: AgencyRequest, pk: int) -> HttpResponse:
    """For the board's chair: two readers brought a concern, and by when to answer them."""
    rows = TakenOn.objects.within(request.agency).filter(chair=request.member)
    found = get_object_or_404(rows.select_related("by"), pk=pk)
    return render(request, "concerns/brought.html", {"taken": found})


def _reader(request: AgencyRequest) -> KeyHolder:
    """The member's row, if they read concerns today; nobody else knows of these pages."""
    holder = holder_of(request)
    if rules.entering_code(holder, request.member) is not None:
        raise Http404
    return holder


def _at_hand(request: AgencyRequest, key: UUID) -> AtHand:
    """The concern for one to whom it was sealed; 404 for everybody else."""
    holder = _reader(request)
    rows = ConcernSeal.objects.within(request.agency).filter(holder=holder)
    seal = get_object_or_404(rows.select_related("concern", "holder"), concern=key)
    return AtHand(seal, opened.opened(request, holder))
