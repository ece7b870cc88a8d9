"""People from a file or a pasted list: bring it, check it, invite all at once, print letters."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, actions, rules
from accounts.actions.lists import planned
from accounts.list_forms import ListColumnsForm, ListRowsForm, PeopleListForm, sent_rows
from accounts.list_pages import ROWS_SHOWN, counted, list_page, sending, table_rows
from accounts.lists.planning import OPEN, PlannedRow
from accounts.lists.reading import ListTable, read_rows, table_of_file, table_of_text
from accounts.lists.words import Column
from accounts.models import Invitation, Member, PeopleList
from accounts.printing import letters_page
from foundation.addresses import at
from foundation.forms import EditForm
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from foundation.spreadsheets import csv_file

PER_PAGE = 50
# Tells htmx to stop polling.
STOP_ASKING = 286


@never_cache
@sensitive_post_parameters("pasted")
def bring_list(request: AgencyRequest) -> HttpResponse:
    """Paste a list or choose a file; what is unclear about its columns is asked right away."""
    enforce(rules.managing_people(request.member))
    missing = rules.missing_for_a_list(request.agency, request.agency.today())
    if missing:
        return render(request, "accounts/lists/bring.html", {"missing": missing})
    if url := sent_before(request):
        return redirect(url)
    form = PeopleListForm.from_request(request)
    table = _table(form) if request.method == "POST" and form.is_valid() else None
    if table is not None and table.asks:
        return _columns(request, ListColumnsForm(table=table))
    answer = _taken(request, form, table, table.meaning) if table is not None else None
    return answer or render(request, "accounts/lists/bring.html", {"form": form})


def _table(form: PeopleListForm) -> ListTable | None:
    """What was sent as a table; None if it can't be read, which the form then says."""
    file = form.cleaned_data["file"]
    try:
        return table_of_file(file.read()) if file else table_of_text(form.cleaned_data["pasted"])
    except ValidationError as error:
        form.add_error("file" if file else "pasted", error)
        return None


def _taken(
    request: AgencyRequest,
    form: PeopleListForm | ListColumnsForm,
    table: ListTable,
    meaning: Mapping[int, Column],
) -> HttpResponse | None:
    def act(_form: object) -> str:
        people = actions.take_list(read_rows(table, meaning), by=request.member)
        return at(request.agency, "accounts:people_list", pk=people.pk)

    return submit(request, form, act)


@never_cache
@sensitive_post_parameters("table")
def list_columns(request: AgencyRequest) -> HttpResponse:
    """The answers which column is which; the table comes with them and was kept nowhere."""
    enforce(rules.adding_a_list(request.member, request.agency.today()))
    back = at(request.agency, "accounts:bring_list")
    if request.method != "POST":
        return redirect(back)
    if url := sent_before(request):
        return redirect(url)
    try:
        form = ListColumnsForm(request.POST)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    answer = _taken(request, form, form.read, form.meaning) if form.is_valid() else None
    return answer or _columns(request, form)


def _columns(request: AgencyRequest, form: ListColumnsForm) -> HttpResponse:
    left_out = [each for each in form.read.columns if each.left_out is not None]
    context = {"form": form, "left_out": [each.heading for each in left_out if each.heading]}
    return render(request, "accounts/lists/columns.html", context)


@require_safe
def list_template(request: AgencyRequest) -> HttpResponse:
    """A file to fill in."""
    enforce(rules.managing_people(request.member))
    head = [_("Name"), _("ChosenInvitation name"), _("E-mail"), _("Phone"), _("Role")]
    return csv_file("people.csv", [head])


def _list_of(request: AgencyRequest, pk: int) -> PeopleList:
    enforce(rules.managing_people(request.member))
    people = get_object_or_404(PeopleList.objects.within(request.agency), pk=pk)
    people.agency = request.agency
    enforce(rules.using_list(people, request.member))
    return people


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: AgencyRequest, pk: int) -> HttpResponse:
    """What would happen to each row; rows to correct and questions; then invite all at once."""
    people = _list_of(request, pk)
    done = at(request.agency, "accounts:list_sent", pk=pk)
    if people.used_at is not None:
        return redirect(done)
    if url := sent_before(request):
        return redirect(url)
    step = request.POST.get("step", "")
    rows = planned(people, request.member)
    page = list_page(people, rows)
    shown = _shown(request, rows)
    initial = {"version": people.version}
    sent = request.POST if request.method == "POST" else None
    form = EditForm(sent if step in ("invite", "discard") else None, initial=initial)
    if step == "discard":
        answer = submit(request, form, lambda _form: _discarded(request, people))
    elif step == "invite":
        answer = submit(request, form, lambda form: _invited(request, people, form, done))
    elif shown:
        roles = rules.givable_by_list(request.member)
        form = rows_form = ListRowsForm(sent, rows=shown, roles=roles, initial=initial)
        answer = submit(request, rows_form, lambda form: _mended(request, people, form))
    else:
        answer = None
    if answer is not None:
        return answer
    table = page_of(request, rows, PER_PAGE)
    about = [match.person.pk for each in shown for match in each.matches if match.person]
    about += [each.person.pk for each in table if each.person is not None]
    seen = Member.objects.within(request.agency).filter(pk__in=about)
    access.log_all(by=request.member, about=list(seen), what="people list")
    return render(
        request,
        "accounts/lists/check.html",
        {
            "people": people,
            "page": page,
            "form": form,
            "rows_form": form if isinstance(form, ListRowsForm) else None,
            "head": [_("Row and name"), _("How to reach them"), _("What happens")],
            "rows": table_rows(request.agency, people, list(table)),
            "table": table,
        },
    )


def _shown(request: AgencyRequest, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    """The rows in the form: those that were sent, else open ones and one to change."""
    if request.method == "POST":
        sent = sent_rows(request.POST)
        return [each for each in rows if each.row.row in sent]
    change = request.GET.get("change", "")
    wanted = [each for each in rows if str(each.row.row) == change]
    open_ = [each for each in rows if each.outcome in OPEN and each not in wanted]
    return wanted + open_[:ROWS_SHOWN]


def _mended(request: AgencyRequest, people: PeopleList, form: ListRowsForm) -> str:
    actions.mend_list(
        people,
        answers=form.answers_by_row,
        version=form.cleaned_data["version"],
        by=request.member,
    )
    return at(request.agency, "accounts:people_list", pk=people.pk)


def _invited(request: AgencyRequest, people: PeopleList, form: EditForm, done: str) -> str:
    version = form.cleaned_data["version"]
    actions.invite_list(people, version=version, by=request.member)
    return done


def _discarded(request: AgencyRequest, people: PeopleList) -> tuple[str, str]:
    actions.discard_list(people, by=request.member)
    return at(request.agency, "accounts:people"), _("The list was deleted. Nobody was invited.")


@never_cache
@require_safe
def list_sent(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was done, and how many e-mails are out; polled by htmx until all are."""
    people = _list_of(request, pk)
    if people.used_at is None:
        return redirect(at(request.agency, "accounts:people_list", pk=pk))
    now = sending(request.agency, people.batch)
    context = {"people": people, "counts": counted(people.result), "sending": now}
    if not request.headers.get("HX-Request"):
        return render(request, "accounts/lists/sent.html", context)
    answer = render(request, "accounts/lists/sent.html#state", context)
    if not now.is_under_way:
        answer.status_code = STOP_ASKING
    return answer


@never_cache
@require_safe
def list_letters(request: AgencyRequest, pk: int) -> HttpResponse:
    """The letters of a list, one a page."""
    people = _list_of(request, pk)
    made = Invitation.objects.within(request.agency).open(timezone.now()).filter(batch=people.batch)
    return letters_page(request, made, back=at(request.agency, "accounts:list_sent", pk=pk))
