"""The Quarterly Accounts: the list, one on a page and as a poster, writing, asking, replying."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.quarters import Quarter, lately
from foundation.refusals import enforce
from oversight import rules as oversight_rules
from oversight.models import Committee
from quarterly import actions, rules
from quarterly.annual import AnnualReport, annual, years
from quarterly.finding import account_of
from quarterly.forms import AccountReplyForm, AskConsumersForm, BeginAccountForm, OpeningForm
from quarterly.models import QuarterlyAccount
from quarterly.paper import as_pdf, report_as_pdf
from quarterly.presenting import shown, where_it_stands
from quarterly.reading import readable

POST_OR_GET = ["GET", "HEAD", "POST"]


@require_safe
def accounts(request: AgencyRequest) -> HttpResponse:
    today = request.agency.today()
    rows = readable(request.member, today).order_by("-since", "-pk")
    page = page_of(request, rows)
    wears = oversight_rules.hat(request.member)
    may_begin = (
        rules.beginning(request.member, wears) is None
        and bool(_left(request))
        and Committee.objects.within(request.agency).current().exists()
    )
    lines = [{"account": each, "out": each.is_out(today)} for each in page]
    reports = years(request.agency, today)
    context = {"page": page, "accounts": lines, "may_begin": may_begin, "years": reports}
    return render(request, "quarterly/accounts.html", context)


def _annual(request: AgencyRequest, year: int) -> AnnualReport:
    """404 while no Account of the year is out."""
    found = annual(request.agency, year, request.agency.today())
    if found is None:
        raise Http404
    return found


@require_safe
def year_report(request: AgencyRequest, year: int) -> HttpResponse:
    """The year's Accounts on one page; it prints well."""
    return render(request, "quarterly/year.html", {"report": _annual(request, year)})


@require_safe
def year_pdf(request: AgencyRequest, year: int) -> HttpResponse:
    """The same as a file, for the board and those who fund the program."""
    content = report_as_pdf(_annual(request, year), request.agency.name)
    return _file(f"year-{year}.pdf", content)


def _left(request: AgencyRequest) -> list[Quarter]:
    """The last quarters without an Account, the latest first."""
    rows = QuarterlyAccount.objects.within(request.agency).filter(committee__group__closed=None)
    begun = set(rows.values_list("since", flat=True))
    return [each for each in lately(request.agency.today()) if each.since not in begun]


@require_http_methods(POST_OR_GET)
def begin(request: AgencyRequest) -> HttpResponse:
    # A second click must still find its quarter, to reach what the first one began.
    offered = lately(request.agency.today()) if request.method == "POST" else _left(request)
    form = BeginAccountForm.from_request(request, quarters=offered)

    def act(form: BeginAccountForm) -> str:
        begun = actions.begin_account(by=request.member, **form.answers)
        return at(request.agency, "quarterly:account", pk=begun.pk)

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.beginning(request.member, oversight_rules.hat(request.member)),
        title=_("Write a Quarterly Account"),
        button=_("Save the draft"),
        back=at(request.agency, "quarterly:accounts"),
        back_text=_("Back to the Quarterly Accounts"),
        keep=True,
    )


@require_safe
def account(request: AgencyRequest, pk: int) -> HttpResponse:
    found, wears = account_of(request, pk)
    by, today = request.member, request.agency.today()
    may_write = rules.writing(found, by, wears) is None
    decides = wears.seated and found.decision is not None and not found.is_out(today)
    context = {
        "account": found,
        "shown": shown(found),
        "stands": where_it_stands(found, request.agency),
        "out": found.is_out(today),
        "may_write": may_write,
        "may_reply": rules.replying(found, by, today) is None,
        "decision": found.decision if decides else None,
    }
    return render(request, "quarterly/account.html", context)


def _about(request: AgencyRequest, found: QuarterlyAccount) -> Back:
    return {
        "back": at(request.agency, "quarterly:account", pk=found.pk),
        "back_text": _("Back to the Account"),
    }


@require_http_methods(POST_OR_GET)
def write(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change the first paragraph."""
    found, wears = account_of(request, pk)
    initial = {"opening": found.opening, "version": found.version}
    form = OpeningForm.from_request(request, initial=initial)

    def act(form: OpeningForm) -> str:
        version: int = form.cleaned_data["version"]
        actions.write_opening(found, version=version, by=request.member, **form.answers)
        return at(request.agency, "quarterly:account", pk=pk)

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.writing(found, request.member, wears),
        title=_("Change the first paragraph"),
        caption=found.period,
        button=_("Save"),
        keep=True,
        **_about(request, found),
    )


@require_http_methods(POST_OR_GET)
def ask_consumers(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask the committee's consumers to release it."""
    found, wears = account_of(request, pk)

    def act(form: AskConsumersForm) -> tuple[str, str]:
        actions.ask_consumers(found, by=request.member)
        return at(request.agency, "quarterly:account", pk=pk), _("The committee is asked.")

    return ask(
        request,
        AskConsumersForm.from_request(request),
        act,
        rule=lambda: rules.writing(found, request.member, wears),
        title=_("Ask for the release?"),
        caption=found.period,
        text=[
            _(
                "All voting members of the committee are asked in writing. Only the answers of "
                "consumers count, and no answer is ever shown."
            ),
            _(
                "The Account is kept as it reads now, with its numbers. If the consumers agree, it "
                "never changes again."
            ),
        ],
        button=_("Ask them"),
        **_about(request, found),
    )


@require_http_methods(POST_OR_GET)
def reply(request: AgencyRequest, pk: int) -> HttpResponse:
    """Reply for management, or let it go out without a reply."""
    found, _wears = account_of(request, pk)

    def act(form: AccountReplyForm) -> tuple[str, str]:
        actions.reply(found, text=form.answers["text"], by=request.member)
        return at(request.agency, "quarterly:account", pk=pk), _("The Account is out.")

    return ask(
        request,
        AccountReplyForm.from_request(request),
        act,
        rule=lambda: rules.replying(found, request.member, request.agency.today()),
        title=_("Reply to the Quarterly Account"),
        caption=found.period,
        text=[
            _(
                "The Account itself stays as the consumers released it. After this, it is out: "
                "everybody in the program can read it, and it can be put on the wall."
            )
        ],
        button=_("Let it go out"),
        keep=True,
        **_about(request, found),
    )


@require_safe
def poster(request: AgencyRequest, pk: int) -> HttpResponse:
    """On one sheet for the wall, once it is out."""
    found, _wears = account_of(request, pk)
    enforce(rules.hanging(found, request.agency.today()))
    context: dict[str, Any] = {"account": found, "shown": shown(found)}
    return render(request, "quarterly/poster.html", context)


@require_safe
def pdf(request: AgencyRequest, pk: int) -> HttpResponse:
    """As a file, for the board and those who fund the program."""
    found, _wears = account_of(request, pk)
    enforce(rules.hanging(found, request.agency.today()))
    return _file(f"account-{found.since.isoformat()}.pdf", as_pdf(found, shown(found)))


def _file(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
