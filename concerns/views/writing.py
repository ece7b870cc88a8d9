"""The channel's first page, and writing in it without a name.

Between those pages, words and named readers are kept only in the forms themselves: no session, no
draft, no address.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from concerns import eligible, rules
from concerns.actions import writing
from concerns.forms import ConcernForm, NotReadersForm, sealed, shown_in
from concerns.locking import new_receipt, receipt_keys
from concerns.models import KeyHolder, KeyHolderQuerySet
from concerns.policies import ANSWER, SENT_AN_HOUR
from foundation import codes, flood
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import Refused
from foundation.untraced import unmarked

CHANGE = "change"


@never_cache
@require_safe
def channel(request: AgencyRequest) -> HttpResponse:
    """Who reads, what it protects against, whom to call instead, and the ways in."""
    readers = _readers(request)
    return render(
        request,
        "concerns/channel.html",
        {
            "readers": readers,
            "open": rules.writing(request.agency, len(readers)) is None,
            "sheet": _sheet(request),
            "answer_days": ANSWER.words(request.agency, request.agency.today()),
            "holder": eligible.holding(request.member),
            "names_readers": rules.asking_readers(request.member) is None,
        },
    )


@unmarked
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: AgencyRequest) -> HttpResponse:
    """Who should not read it; then who will, and the words; then the code."""
    readers = _readers(request)
    if rules.writing(request.agency, len(readers)) is not None:
        return _outside(request)
    if "seal" in request.POST and CHANGE not in request.POST:
        return _send(request)
    rows = eligible.readers(request.agency, request.agency.today())
    form = NotReadersForm.from_request(request, readers=rows)
    if request.method == "POST" and CHANGE not in request.POST and form.is_valid():
        named = list(form.cleaned_data["not_readers"])
        return _text(request, readers, named)
    return render(request, "concerns/choose.html", {"form": form, "readers": readers})


def _text(
    request: AgencyRequest, readers: Sequence[KeyHolder], named: Sequence[KeyHolder]
) -> HttpResponse:
    """Show who will read it, and the box to write in."""
    keys = {each.pk for each in named}
    left = [each for each in readers if each.pk not in keys]
    if rules.writing(request.agency, len(left)) is not None:
        return _outside(request, named=True)
    initial = {"not_readers": list(named), "seal": sealed(new_receipt(), left)}
    form = ConcernForm(readers=_any(request), initial=initial)
    return _written(request, form, left)


def _send(request: AgencyRequest) -> HttpResponse:
    form = ConcernForm(request.POST, readers=_any(request))
    valid = form.is_valid()
    kept = form.cleaned_data.get("seal")
    if kept is None:
        # Tampered with: begin with who reads.
        return render(
            request,
            "concerns/choose.html",
            {"form": NotReadersForm(readers=_any(request)), "readers": _readers(request)},
        )
    shown = shown_in(request.agency, kept).select_related("member")
    if not valid:
        return _written(request, form, list(shown))
    if flood.too_many(request, "concern", limit=SENT_AN_HOUR.value):
        return _outside(request, many=True)
    try:
        writing.write(
            request.agency,
            keys=receipt_keys(kept["code"]),
            text=form.cleaned_data["text"],
            to=shown,
            not_readers=form.cleaned_data["not_readers"],
            may_go_on=form.cleaned_data["may_go_on"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _written(request, form, list(shown))
    except Refused:
        return _outside(request, many=True)
    return render(request, "concerns/sent.html", {"code": codes.shown(kept["code"])})


def _written(request: AgencyRequest, form: ConcernForm, shown: Sequence[KeyHolder]) -> HttpResponse:
    context = {"form": form, "readers": shown, "sheet": _sheet(request)}
    return render(request, "concerns/write.html", context)


def _outside(request: AgencyRequest, *, named: bool = False, many: bool = False) -> HttpResponse:
    """Only the contacts outside, and why."""
    return render(request, "concerns/outside.html", {"named": named, "many": many})


def _readers(request: AgencyRequest) -> list[KeyHolder]:
    return list(eligible.readers(request.agency, request.agency.today()))


def _any(request: AgencyRequest) -> KeyHolderQuerySet:
    return KeyHolder.objects.within(request.agency).readers().select_related("member")


def _sheet(request: AgencyRequest) -> str:
    """Who keeps the sheet that opens concerns, if there is one."""
    return eligible.keeper_of_sheet(request.agency)
