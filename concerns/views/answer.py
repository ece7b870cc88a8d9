"""What came of a concern, for whoever has its code; and what its writer does next."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from concerns import rules
from concerns.actions import together, writing
from concerns.envelopes import key_by_receipt
from concerns.forms import ConcernCodeForm, MoreWordsForm, WriterActForm
from concerns.locking import ReceiptKeys, receipt_keys
from concerns.models import Concern, ConcernSeal, MessageKind, TakenOn
from concerns.policies import LOOKS_AN_HOUR
from foundation import codes, flood, tenancy
from foundation.asking import show
from foundation.models import Agency
from foundation.pages import render
from foundation.refusals import Refused
from foundation.untraced import untraced

ADD, AGREE, DISAGREE, COMPLAIN = "add", "agree", "disagree", "complain"


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Type the code; then read what was answered."""
    if request.method == "POST" and flood.too_many(
        request, "concern code", limit=LOOKS_AN_HOUR.value
    ):
        response = render(request, "concerns/too_many.html")
        response.status_code = 429
        return response
    form = ConcernCodeForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        keys = receipt_keys(code)
        agency = writing.agency_of(keys)
        if agency is not None:
            with tenancy.entering(agency):
                return _found(request, agency, code, keys)
        form.add_error("code", _("We don’t know this code. Please check it."))
    return show(
        request,
        form,
        title=_("Read what came of your concern"),
        text=[_("Type the code that you got when you sent it. Nothing of this visit is kept.")],
        button=_("Read"),
        keep=False,
    )


def _found(request: HttpRequest, agency: Agency, code: str, keys: ReceiptKeys) -> HttpResponse:
    act = request.POST.get("act", "")
    typed = {"code": code, "act": ADD}
    more = MoreWordsForm(request.POST) if act == ADD else MoreWordsForm(initial=typed)
    said = ""
    try:
        said = _act(agency, act, keys, more)
    except ValidationError as error:
        more.add_error(None, error)
    except Refused as refused:
        said = str(refused.refusal.reason)
    if said and act == ADD:
        more = MoreWordsForm(initial=typed)
    return _page(request, agency, code, keys, more, said)


def _act(agency: Agency, act: str, keys: ReceiptKeys, more: MoreWordsForm) -> str:
    """Do what the writer asked for; return the words that confirm it."""
    if act == ADD and more.is_valid():
        writing.add(agency, keys=keys, text=more.cleaned_data["text"])
        return _t("The readers have your message.")
    if act in (AGREE, DISAGREE):
        writing.let_go_on(agency, keys=keys, agreed=act == AGREE)
        return _t("Saved.")
    if act == COMPLAIN:
        writing.make_complaint(agency, keys=keys)
        return _t("The readers hand it in as a formal complaint. You see here when they have.")
    return ""


def _page(
    request: HttpRequest,
    agency: Agency,
    code: str,
    keys: ReceiptKeys,
    more: MoreWordsForm,
    said: str,
) -> HttpResponse:
    concern = Concern.objects.within(agency).get(receipt=keys.name)
    key = key_by_receipt(keys.key, concern.receipt_key)
    taken = TakenOn.objects.within(agency).filter(concern=concern).first()
    seals = ConcernSeal.objects.within(agency).filter(concern=concern)
    may_answer = rules.answering(concern) is None

    def form(act: str) -> WriterActForm:
        return WriterActForm(initial={"code": code, "act": act})

    consents = rules.consenting(concern, taken=taken is not None) is None
    return render(
        request,
        "concerns/answer.html",
        {
            "said": said,
            "code": codes.shown(code),
            "concern": concern,
            "messages_shown": together.messages_with(
                concern, key, (MessageKind.WRITER, MessageKind.REPLY)
            ),
            "seals": seals.select_related("holder__member").order_by("holder__member__shown_name"),
            "taken": taken,
            "form": more if may_answer else None,
            "consent": form(DISAGREE if concern.may_go_on else AGREE) if consents else None,
            "complain": form(COMPLAIN) if rules.complaining(concern) is None else None,
        },
    )
