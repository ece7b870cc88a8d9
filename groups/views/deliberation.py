"""Questions and answers on a proposal; reviews of decisions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from foundation import asking
from foundation.addresses import at
from foundation.asking import Quote
from foundation.http import AgencyRequest
from foundation.refusals import enforce
from groups import actions, rules
from groups.finding import decision_of
from groups.forms import LookAgainForm, QuestionAnswerForm, QuestionForm
from groups.models import Question, ReviewAnswer
from groups.of_proposal import with_words


def ask(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(rules.asking(found, request.member))
    form = QuestionForm.from_request(request)

    def act(form: QuestionForm) -> tuple[str, str]:
        actions.ask(found, **form.answers, by=request.member)
        message = _("Your question is asked. You hear when there is an answer.")
        return at(request.agency, "groups:decision", pk=pk), message

    return asking.ask(
        request,
        form,
        act,
        title=_("Ask about the proposal"),
        button=_("Ask"),
        **with_words(request, found),
    )


def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(
        Question.objects.within(request.agency).select_related("asked_by"), pk=pk
    )
    question.decision = found = decision_of(request, question.decision_id)
    enforce(rules.answering(question, request.member))
    form = QuestionAnswerForm.from_request(request)

    def act(form: QuestionAnswerForm) -> tuple[str, str]:
        actions.answer(question, **form.answers, by=request.member)
        return at(request.agency, "groups:decision", pk=found.pk), _("Your answer is in.")

    return asking.ask(
        request,
        form,
        act,
        title=_("Answer the question"),
        text=[_("%(name)s asks:") % {"name": question.asked_by.shown_name}],
        quotes=[Quote(question.text)],
        button=_("Send the answer"),
        **with_words(request, found),
    )


def look_again(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(rules.looking_again(found, request.member))
    today = request.agency.today()
    form = LookAgainForm.from_request(request, initial={"on": today})

    def act(form: LookAgainForm) -> tuple[str, str]:
        actions.look_again(found, **form.answers, by=request.member)
        if form.cleaned_data["finding"] == ReviewAnswer.CHANGE and not found.group.is_over(today):
            where = at(request.agency, "groups:propose", pk=found.group_id)
            return where, _("It is written down. Now propose what should change.")
        return at(request.agency, "groups:decision", pk=pk), _("It is written down.")

    return asking.ask(
        request,
        form,
        act,
        title=_("Look at it again"),
        button=_("Write it down"),
        **with_words(request, found),
    )
