"""Whether the record is whole, for the committee and administrators."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence import actions, printed, rules
from evidence.forms import CheckForm, CompareWordsForm
from evidence.presenting import compared, page_of_record, spoken
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce


@require_safe
def record(request: AgencyRequest) -> HttpResponse:
    """Whether the record is whole, and a place to compare the words of a printed review."""
    enforce(rules.reading(request.member))
    form = CompareWordsForm(request.GET) if "words" in request.GET else CompareWordsForm()
    answer = None
    if form.is_bound and form.is_valid():
        answer = compared(request.agency, form.cleaned_data["words"])
    papers = page_of(request, printed.of(request.agency))
    context = {
        "page": page_of_record(request.agency),
        "form": form,
        "answer": answer,
        "papers": papers,
        "head": [_("Review"), _("Sealed up to"), _("Words")],
        "rows": [
            [{"text": each.title, "href": each.url}, each.day, spoken(each.digest)]
            for each in papers
        ],
    }
    return render(request, "evidence/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check_all(request: AgencyRequest) -> HttpResponse:
    """Read every sealed record again now."""
    enforce(rules.reading(request.member))
    back = at(request.agency, "evidence:record")

    def act(form: CheckForm) -> tuple[str, str]:
        found = actions.prove(request.agency)
        said = _("Something does not fit.") if found else _("Every record fits its seal.")
        return back, said

    return ask(
        request,
        CheckForm.from_request(request),
        act,
        title=_("Check the whole record now"),
        text=[
            _(
                "The portal reads every sealed record again and compares it with its seal. It does "
                "so by itself each week. This can take a minute."
            )
        ],
        button=_("Check"),
        back=back,
        back_text=_("Back"),
    )
