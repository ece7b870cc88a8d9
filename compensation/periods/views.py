"""The ledger: its balances and checks, and the periods of the books that are closed."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from compensation.ledger import rules as ledger_rules
from compensation.ledger.models import Account, Entry
from compensation.periods import actions, rules
from compensation.periods.forms import AskToCloseForm, CloseBooksForm
from compensation.periods.models import PROOF_WORDS, AccountingPeriod, Balance, Hand, LedgerProof
from compensation.periods.reading import HEAD, Books, begins, last_of_month, posted
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.paging import page_of
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.spreadsheets import streamed_csv
from foundation.templatetags.components import dollars

type Cell = str | dict[str, object]


@require_safe
def ledger(request: AgencyRequest) -> HttpResponse:
    """The ledger's accounts and their balances, and which days are closed."""
    enforce(ledger_rules.working_with_payments(request.member))
    periods = AccountingPeriod.objects.within(request.agency)
    closed = page_of(
        request, periods.closed().select_related("asked_by", "closed_by").order_by("-last")
    )
    latest = closed[0] if closed and closed.number == 1 else None
    if latest is None:
        latest = periods.closed().order_by("-last").first()
    asked = periods.asked().select_related("asked_by").first()
    proof = LedgerProof.objects.within(request.agency).first()
    numeric = [{"text": each, "numeric": True} for each in (_("Debit"), _("Credit"))]
    return render(
        request,
        "compensation/periods/ledger.html",
        {
            "caption": _("Balances"),
            "head": [_("Account"), *numeric],
            "rows": [*_balances(request.agency, latest)],
            "latest": latest,
            "asked": asked,
            "may_ask": asked is None and rules.asking(request.member) is None,
            "may_close": asked is not None and rules.closing(asked, request.member) is None,
            "may_stop": asked is not None and rules.taking_back(asked, request.member) is None,
            "page": closed,
            "closed_caption": _("Closed books"),
            "closed_head": [_("Days"), _("Closed"), _("Postings and sum"), _("File")],
            "closed_rows": [_closed(each) for each in closed],
            "proof": proof,
            "findings": _findings(proof),
        },
    )


def _balances(agency: Agency, latest: AccountingPeriod | None) -> Iterator[list[Cell]]:
    """Each account in dollars: what the last closing says, and what was posted since; two queries.

    What is closed is not summed again, so it costs as much in the tenth year as in the first.
    """
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    entries = Entry.objects.within(agency)
    if latest is not None:
        for held in Balance.objects.within(agency).filter(period=latest):
            sums[held.account] = (held.debit, held.credit)
        entries = entries.filter(posting__on__gt=latest.last)
    since = entries.order_by().values("account")
    for row in since.annotate(debits=Sum("debit"), credits=Sum("credit")):
        debit, credit = sums.get(row["account"], (Decimal(0), Decimal(0)))
        sums[row["account"]] = (debit + row["debits"], credit + row["credits"])
    for account in Account:
        if account in sums:
            debit, credit = sums[account]
            yield [str(account.label), dollars(debit), dollars(credit)]


def _findings(proof: LedgerProof | None) -> list[str]:
    """What did not agree, each kind with how often."""
    found = [] if proof is None else proof.findings
    return [_("%(what)s (%(n)s)") % {"what": PROOF_WORDS[code], "n": n} for code, n in found]


def _days(period: AccountingPeriod) -> str:
    said = {"first": written(period.first), "last": written(period.last)}
    return _("%(first)s to %(last)s") % said


def _counted(postings: int, total: Decimal) -> str:
    text = ngettext("%(n)s posting, %(sum)s", "%(n)s postings, %(sum)s", postings)
    return text % {"n": postings, "sum": dollars(total)}


def _closed(period: AccountingPeriod) -> list[Cell]:
    assert period.closed_on is not None
    said = {"day": written(period.closed_on), "one": period.asked_by, "two": period.closed_by}
    return [
        _days(period),
        _("on %(day)s, by %(one)s and %(two)s") % said,
        _counted(period.postings, period.total),
        {"text": _("Download (CSV)"), "href": _file(period)},
    ]


def _file(period: AccountingPeriod) -> str:
    return at(period.agency, "compensation:books", pk=period.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_close(request: AgencyRequest) -> HttpResponse:
    enforce(rules.asking(request.member))
    first = begins(request.agency)
    last = first and last_of_month(first, request.agency.today())
    form = AskToCloseForm.from_request(request, initial={"last": last})
    back = at(request.agency, "compensation:ledger")

    def act(form: AskToCloseForm) -> tuple[str, str]:
        asked = actions.ask_to_close(by=request.member, **form.answers)
        if asked.asked_as == Hand.PAYER:
            return back, _("Asked. One of those who approve closes the books with you.")
        return back, _("Asked. One of those who pay closes the books with you.")

    about = _("Nothing was posted yet.")
    if first is not None:
        about = _("The open books begin on %(day)s.") % {"day": written(first)}
    return ask(
        request,
        form,
        act,
        title=_("Ask to close the books"),
        text=[
            about,
            _(
                "One person who approves and one who pays close them together. After that, nothing "
                "is posted on those days any more, and their file stays the same for good."
            ),
        ],
        button=_("Ask to close them"),
        back=back,
        back_text=_("Back to the ledger"),
    )


def _period(request: AgencyRequest, pk: int) -> AccountingPeriod:
    enforce(ledger_rules.working_with_payments(request.member))
    rows = AccountingPeriod.objects.within(request.agency).select_related("asked_by", "closed_by")
    found: AccountingPeriod = get_object_or_404(rows, pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _period(request, pk)
    back = at(request.agency, "compensation:ledger")

    def act(form: CloseBooksForm) -> tuple[str, str]:
        actions.close(found, by=request.member)
        return back, _("The books are closed.")

    said = {"name": found.asked_by, "day": written(found.asked_on), "days": _days(found)}
    return ask(
        request,
        CloseBooksForm.from_request(request),
        act,
        rule=lambda: rules.closing(found, request.member),
        title=_("Close the books"),
        about=_days(found),
        text=[
            _("%(name)s asked for it on %(day)s.") % said,
            _("In the ledger for these days: %(counted)s.") % {"counted": _counted(*posted(found))},
            _(
                "Payments of those days that nobody has recorded yet can still be recorded: they "
                "are posted on the first open day, with their own day beside it."
            ),
        ],
        warning=_("Closed books are never opened again."),
        button=_("Close the books for good"),
        back=back,
        back_text=_("Back to the ledger"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _period(request, pk)
    back = at(request.agency, "compensation:ledger")

    def act(form: CloseBooksForm) -> tuple[str, str]:
        actions.take_back(found, by=request.member)
        return back, _("Stopped. Nothing was closed.")

    return ask(
        request,
        CloseBooksForm.from_request(request),
        act,
        rule=lambda: rules.taking_back(found, request.member),
        title=_("Leave these books open"),
        about=_days(found),
        text=[_("You or somebody else can ask again later, also for another day.")],
        button=_("Leave them open"),
        back=back,
        back_text=_("Back to the ledger"),
    )


@require_safe
def books(request: AgencyRequest, pk: int) -> StreamingHttpResponse:
    """The file of a closed period, the same bytes each time."""
    found = _period(request, pk)
    closed: AccountingPeriod = get_object_or_404(
        AccountingPeriod.objects.within(request.agency).closed(), pk=found.pk
    )
    entries = Entry.objects.within(request.agency).filter(
        posting__on__range=(closed.first, closed.last)
    )
    about = Member.objects.within(request.agency).filter(pk__in=entries.order_by().values("member"))
    access.log_all(by=request.member, about=about, what="payments file")
    lines = Books(request.agency, closed.first, closed.last)
    name = f"books-{closed.first.isoformat()}-{closed.last.isoformat()}.csv"
    return streamed_csv(name, request.agency, HEAD, lines.after)
