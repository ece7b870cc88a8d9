"""Becoming a reader, one's reading code, the sheet outside; and the committee's page of readers."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from concerns import counting, eligible, rules
from concerns.actions import readers as actions
from concerns.finding import holder_of
from concerns.forms import AskReaderForm, BeginForm, SheetCodeForm
from concerns.models import HolderKind, KeyHolder
from concerns.policies import OPEN
from foundation.addresses import at
from foundation.asking import Back, ask, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render
from foundation.refusals import enforce


@never_cache
@require_safe
def own(request: AgencyRequest) -> HttpResponse:
    """Being asked to read, or one's own reading code."""
    holder = holder_of(request)
    return render(
        request,
        "concerns/own.html",
        {
            "holder": holder,
            "may_begin": rules.accepting(holder, request.member) is None,
            "may_read": rules.entering_code(holder, request.member) is None,
            "may_renew": rules.renewing(holder, request.member) is None,
            "may_make_sheet": rules.making_sheet(request.member) is None,
            "minutes": OPEN.words,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: AgencyRequest) -> HttpResponse:
    """Say yes; the answer shows the reading code, once."""
    holder = holder_of(request)
    form = BeginForm.from_request(request)
    enforce(rules.accepting(holder, request.member))
    if request.method == "POST" and form.is_valid():
        return _code(request, actions.begin_reading(holder, by=request.member))
    return show(
        request,
        form,
        title=_("Do you want to read concerns?"),
        text=[
            _(
                "People write here about retaliation, fear or mistreatment. You read it together "
                "with another reader, never alone, and answer. Write the time down as work for the "
                "committee: it is paid."
            ),
            _(
                "On the next page you get a reading code. Nobody else has it, and nobody can look "
                "it up. If you lose it, another reader has to pass the concerns on to you again."
            ),
        ],
        button=_("Yes, give me a reading code"),
        **_back(request),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: AgencyRequest) -> HttpResponse:
    """A new code for a lost one, shown once."""
    holder = holder_of(request)
    form = PortalForm.from_request(request)
    enforce(rules.renewing(holder, request.member))
    if request.method == "POST" and form.is_valid():
        return _code(request, actions.renew_code(holder, by=request.member))
    return show(
        request,
        form,
        title=_("Get a new reading code"),
        text=[_("The other readers are told. Ask one of them to pass the concerns on to you.")],
        warning=_(
            "The old code stops working. Until then, you can’t open any concern from before."
        ),
        button=_("Give me a new code"),
        **_back(request),
    )


def stop(request: AgencyRequest) -> HttpResponse:
    holder = holder_of(request)

    def act(form: PortalForm) -> Destination:
        actions.stop_reading(holder, by=request.member)
        return at(request.agency, "concerns:channel"), _("You no longer read concerns.")

    return ask(
        request,
        PortalForm.from_request(request),
        act,
        rule=lambda: rules.ending(holder, request.member),
        title=_("Stop reading concerns"),
        text=[_("You don’t have to say why.")],
        warning=_("Your key is destroyed. Nothing opens with your reading code any more."),
        button=_("Stop reading"),
        **_back(request),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: AgencyRequest) -> HttpResponse:
    """Make the sheet that the ombuds keeps; the answer shows its code, once."""
    holder_of(request)
    form = PortalForm.from_request(request)
    enforce(rules.making_sheet(request.member))
    keeper = eligible.ombuds(request.agency)
    if request.method == "POST" and form.is_valid():
        code = actions.make_sheet(by=request.member)
        return _code(request, code, keeper=keeper)
    return show(
        request,
        form,
        title=_("Make the sheet for the ombuds"),
        about=keeper,
        text=[
            _(
                "If all readers lose their codes, nobody can open a concern any more, except with "
                "this sheet. Print it, put it in an envelope, and give it to the ombuds. An "
                "earlier sheet stops working. All readers are told."
            )
        ],
        button=_("Make the sheet"),
        **_back(request),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_sheet(request: AgencyRequest) -> HttpResponse:
    """The last resort: pass every concern on to the readers, with the code on the sheet."""
    holder_of(request)
    enforce(rules.making_sheet(request.member))
    form = SheetCodeForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.use_sheet(form.cleaned_data["code"], by=request.member)
        except ValidationError as error:
            form.add_error("code", error.message_dict["code"])
        else:
            return render(request, "concerns/sheet_used.html")
    return show(
        request,
        form,
        title=_("Open concerns with the sheet"),
        text=[
            _(
                "Each concern that the sheet opens is passed on to all readers, except to those "
                "whom its writer did not want. All readers are told that you did this."
            )
        ],
        button=_("Pass the concerns on"),
        keep=False,
        **_back(request),
    )


@never_cache
@require_safe
def readers(request: AgencyRequest) -> HttpResponse:
    """Who reads, who is asked, and how many concerns there were in each year."""
    _for_committee(request)
    today = request.agency.today()
    able = set(eligible.readers(request.agency, today).values_list("pk", flat=True))
    rows = KeyHolder.objects.within(request.agency).lasting().readers().select_related("member")
    return render(
        request,
        "concerns/readers.html",
        {
            "rows": [
                {
                    "holder": each,
                    "reads": each.pk in able,
                    "may_end": rules.ending(each, request.member) is None,
                }
                for each in rows.order_by("member__shown_name", "pk")
            ],
            "enough": eligible.enough(len(able)),
            "years": counting.by_year(request.agency, today),
        },
    )


def ask_reader(request: AgencyRequest) -> HttpResponse:
    """Ask a consumer of the committee to read."""
    _for_committee(request)
    today = request.agency.today()
    asked = KeyHolder.objects.within(request.agency).lasting().readers().values("member")
    others = eligible.eligible(request.agency, today).exclude(pk=request.member.pk)
    members = others.exclude(pk__in=asked).order_by("shown_name", "pk")
    form = AskReaderForm.from_request(request, members=members)

    def act(form: AskReaderForm) -> Destination:
        actions.ask_to_read(by=request.member, **form.answers)
        return at(request.agency, "concerns:readers"), _("They are asked.")

    return ask(
        request,
        form,
        act,
        title=_("Ask somebody to read concerns"),
        text=[
            _(
                "Readers have had a training about confidentiality, retaliation and what the law "
                "says. They are paid for the time. They can say no."
            )
        ],
        button=_("Ask them"),
        back=at(request.agency, "concerns:readers"),
        back_text=_("Back to the readers"),
    )


def end(request: AgencyRequest, pk: int) -> HttpResponse:
    """End somebody's reading."""
    _for_committee(request)
    rows = KeyHolder.objects.within(request.agency).readers().select_related("member")
    holder = get_object_or_404(rows.filter(kind=HolderKind.READER), pk=pk)
    back = at(request.agency, "concerns:readers")

    def act(form: PortalForm) -> Destination:
        actions.stop_reading(holder, by=request.member)
        return back, _("They no longer read concerns.")

    return ask(
        request,
        PortalForm.from_request(request),
        act,
        rule=lambda: rules.ending(holder, request.member),
        title=_("End this person’s reading"),
        about=str(holder.member),
        warning=_("Their key is destroyed. Nothing opens with their reading code any more."),
        button=_("End it"),
        back=back,
        back_text=_("Back to the readers"),
    )


def _for_committee(request: AgencyRequest) -> None:
    if rules.asking_readers(request.member) is not None:
        raise Http404


def _code(request: AgencyRequest, code: str, keeper: str = "") -> HttpResponse:
    """The page to print; no other page ever shows this code."""
    groups = [code[start : start + 4] for start in range(0, len(code), 4)]
    return render(request, "concerns/code.html", {"code": " ".join(groups), "keeper": keeper})


def _back(request: AgencyRequest) -> Back:
    return {
        "back": at(request.agency, "concerns:own"),
        "back_text": _("Back to reading concerns"),
    }
