"""Asking about one's pay, and answering; what waits for an answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim
from compensation.ledger import rules as ledger_rules
from compensation.payments.models import Payment
from compensation.policies import QUESTION_DAYS
from compensation.questions import actions, rules
from compensation.questions.forms import AskedForForm, PayAnswerForm, PayQuestionForm, ToldForm
from compensation.questions.models import PayAnswer, PayQuestion
from compensation.questions.presenting import mine_shown, to_answer_shown, to_find_shown
from compensation.questions.reading import about, asked, asked_by, to_answer
from compensation.receiving.models import Arrival
from foundation.addresses import at
from foundation.asking import Quote
from foundation.asking import ask as ask_page
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.presenting import written
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AgencyRequest) -> HttpResponse:
    """A question about one's pay in general."""
    return _ask(request, PayQuestion())


@require_http_methods(["GET", "HEAD", "POST"])
def ask_line(request: AgencyRequest, pk: int) -> HttpResponse:
    mine = Claim.objects.within(request.agency).filter(member=request.member)
    return _ask(request, PayQuestion(claim=get_object_or_404(mine, pk=pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_payment(request: AgencyRequest, pk: int) -> HttpResponse:
    mine = Payment.objects.within(request.agency).filter(member=request.member)
    return _ask(request, PayQuestion(payment=get_object_or_404(mine, pk=pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_on(request: AgencyRequest, pk: int) -> HttpResponse:
    """One more question after an answer."""
    before = get_object_or_404(asked_by(request.member), pk=pk)
    return _ask(request, PayQuestion(claim=before.claim, payment=before.payment), before)


def _ask(
    request: AgencyRequest, draft: PayQuestion, before: PayQuestion | None = None
) -> HttpResponse:
    """`draft`: what the question is about."""
    agency, member = request.agency, request.member
    form = PayQuestionForm.from_request(request)
    back = at(agency, "compensation:my_payments")

    def act(form: PayQuestionForm) -> tuple[str, str]:
        sent = actions.ask(
            by=member, claim=draft.claim, payment=draft.payment, follows=before, **form.answers
        )
        said = _("We have your question. You get an answer by %(day)s.")
        return back, said % {"day": written(sent.due_on)}

    earlier = [] if before is None else asked(agency, [before], agency.today())
    answers = [each.answer.words for each in earlier if each.answer is not None]
    said = _("Those who approve and pay read it. You get a written answer within %(days)s.")
    return ask_page(
        request,
        form,
        act,
        rule=lambda: rules.asking(member) if before is None else rules.asking_on(before, member),
        title=_("Ask about your pay"),
        about=about(draft),
        text=[said % {"days": QUESTION_DAYS.words(agency, agency.today())}],
        quotes=[Quote(words, _("our answer")) for words in answers],
        button=_("Send the question"),
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """What somebody on paper asks about their pay; nothing of their pay is shown."""
    agency, by = request.agency, request.member
    member = get_object_or_404(Member.objects.within(agency), pk=pk)
    member.agency = agency
    form = AskedForForm.from_request(request, initial={"said_on": agency.today()})
    back = at(agency, "home_of")

    def act(form: AskedForForm) -> tuple[str, str]:
        sent = actions.ask_for(member, by=by, **form.answers)
        said = _("Saved. It is answered by %(day)s, and then you tell %(name)s.")
        return back, said % {"day": written(sent.due_on), "name": member}

    said = _("Those who approve and pay answer within %(days)s. You get a letter to give them.")
    return ask_page(
        request,
        form,
        act,
        rule=lambda: rules.asking_for(member, by),
        title=_("What does %(name)s ask about their pay?") % {"name": member},
        text=[said % {"days": QUESTION_DAYS.words(agency, agency.today())}],
        button=_("Send the question"),
        back=back,
    )


def _on_paper(request: AgencyRequest, pk: int) -> PayQuestion:
    rows = PayQuestion.objects.within(request.agency).exclude(entered_by=None)
    question = get_object_or_404(rows.select_related("member"), pk=pk)
    question.member.agency = request.agency
    enforce(rules.reading_letter(question, request.member))
    access.log(by=request.member, about=question.member, what="payments")
    return question


@require_safe
def letter(request: AgencyRequest, pk: int) -> HttpResponse:
    """The question and its answer on one page to print, in the language of who asked."""
    question = _on_paper(request, pk)
    answer = PayAnswer.objects.within(request.agency).get(question=question)
    with translation.override(question.member.language):
        return render(
            request,
            "compensation/questions/letter.html",
            {"question": question, "answer": answer, "program": request.agency},
        )


@require_http_methods(["GET", "HEAD", "POST"])
def told(request: AgencyRequest, pk: int) -> HttpResponse:
    """That somebody on paper got the answer."""
    agency, question = request.agency, _on_paper(request, pk)
    form = ToldForm.from_request(request, initial={"on": agency.today()})
    back = at(agency, "home_of")

    def act(form: ToldForm) -> tuple[str, str]:
        actions.tell_answer(question, by=request.member, **form.answers)
        return back, _("Saved.")

    name = {"name": question.member}
    paper = format_html(
        '<a class="govuk-link app-target" href="{}">{}</a>',
        at(agency, "compensation:answer_letter", pk=pk),
        _("The letter to print"),
    )
    return ask_page(
        request,
        form,
        act,
        rule=lambda: rules.telling_answer(question, request.member),
        title=_("Tell %(name)s the answer about their pay") % name,
        text=[
            _(
                "Print the letter and give or mail it to them, and to nobody else. Or read it to "
                "them when you are alone with them."
            ),
            paper,
        ],
        button=_("They got it"),
        back=back,
    )


@require_safe
def my_questions(request: AgencyRequest) -> HttpResponse:
    """All that I asked about my pay, with the answers."""
    agency = request.agency
    page = page_of(request, asked_by(request.member))
    rows = [mine_shown(each, agency) for each in asked(agency, [*page], agency.today())]
    return render(request, "compensation/questions/mine.html", {"page": page, "rows": rows})


@require_safe
def questions(request: AgencyRequest) -> HttpResponse:
    """What members wait for: an answer to a question, or about a payment that did not come."""
    agency, member, today = request.agency, request.member, request.agency.today()
    enforce(ledger_rules.working_with_payments(request.member))
    page = page_of(request, to_answer(member))
    missing = Arrival.objects.within(agency).to_find().exclude(member=member)
    missing = missing.select_related("agency", "member", "payment").order_by("due_on", "pk")
    lost = page_of(request, missing, parameter="lost")
    pays = member.may(Permission.PAY)
    rows = [to_answer_shown(each, agency) for each in asked(agency, [*page], today)]
    access.log_all(
        by=member,
        about={each.member for each in page} | {each.member for each in lost},
        what="payments",
    )
    return render(
        request,
        "compensation/questions/questions.html",
        {
            "page": page,
            "rows": rows,
            "lost": lost,
            "to_find": [to_find_shown(each, today, pays=pays) for each in lost],
            "pays": pays,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    """Answer one question, once."""
    enforce(ledger_rules.working_with_payments(request.member))
    agency, member = request.agency, request.member
    rows = PayQuestion.objects.within(agency).select_related("member", "claim", "payment")
    question = get_object_or_404(rows, pk=pk)
    form = PayAnswerForm.from_request(request)
    back = at(agency, "compensation:questions")

    def act(form: PayAnswerForm) -> tuple[str, str]:
        actions.answer(question, by=member, **form.answers)
        return back, _("Your answer is sent.")

    access.log(by=member, about=question.member, what="payments")
    (shown,) = (to_answer_shown(each, agency) for each in asked(agency, [question], agency.today()))
    return ask_page(
        request,
        form,
        act,
        rule=lambda: rules.answering(question, member),
        title=_("Answer a question about pay"),
        text=[shown.heading, shown.said],
        quotes=[Quote(shown.words)],
        button=_("Send the answer"),
        back=back,
    )
