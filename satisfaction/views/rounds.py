"""Survey rounds: opened in two steps, reminded of, extended; and their results."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation import codes as plain_codes
from foundation import smallness
from foundation.addresses import at
from foundation.asking import Back, Words, ask, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.minimum import MINIMUM
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from foundation.presenting import written
from foundation.refusals import Refused, enforce
from satisfaction import actions, codes, results, round_keys, rules
from satisfaction.actions.answers import find
from satisfaction.actions.rounds import asked_about
from satisfaction.doors import code_for
from satisfaction.forms import EnterSheetForm, ExtendForm, OpenRoundForm, SendForm, SheetsForm
from satisfaction.instrument import ANSWERS
from satisfaction.models import AnswerSide, SurveyInvitation, SurveyRound
from satisfaction.policies import LOST_AFTER, OPEN_FOR
from satisfaction.round_keys import KeyMissing

DAY = timedelta(days=1)


@require_safe
def rounds(request: AgencyRequest) -> HttpResponse:
    """The open round, and the results of earlier ones."""
    today = request.agency.today()
    open_round = SurveyRound.objects.within(request.agency).open().first()
    runs = rules.running(request.member) is None
    context: dict[str, Any] = {
        "open": open_round,
        "runs": runs,
        "trend": results.trend(request.agency),
        "mine": open_round and _mine(request, open_round),
        "key": PortalForm(),
        "lost": SurveyRound.objects.within(request.agency).filter(lost=True),
    }
    if open_round is not None:
        context |= {
            "last_day": open_round.closes - DAY,
            "last_asked": open_round.until - DAY,
            "may_answer": rules.taking_answers(open_round, today) is None,
            "may_remind": rules.reminding(open_round, request.member, today) is None,
            "may_check": rules.reading_roster(open_round, request.member) is None,
            "may_extend": rules.extending(open_round, request.member, today) is None,
        }
        if runs:
            context["lost_after"] = LOST_AFTER.words
            context["without_key"] = not round_keys.there(open_round)
            context["so_far"] = smallness.so_far(open_round.reached, open_round.invited)
    return render(request, "satisfaction/rounds.html", context)


def _may_open(request: AgencyRequest) -> None:
    others = SurveyRound.objects.within(request.agency).open()
    enforce(rules.opening(request.member, other_open=others.exists()))


@require_safe
def open_round(request: AgencyRequest) -> HttpResponse:
    """The first step to a round: its last day. It sends nothing."""
    _may_open(request)
    today = request.agency.today()
    usual = today + OPEN_FOR.span(request.agency, today)
    return _last_day(request, OpenRoundForm(initial={"closes": usual - DAY}))


def _last_day(request: AgencyRequest, form: OpenRoundForm) -> HttpResponse:
    return show(
        request,
        form,
        title=_("Start a survey"),
        text=[
            _(
                "Everyone who took part lately is asked, whoever they are, and can answer once. "
                "Nobody sees who answered what."
            ),
            _(
                "Nobody sees a result before the last day is over, and nobody can close the survey "
                "earlier. Nothing is sent yet: first you see how many people get a message."
            ),
        ],
        button=_("See who gets a message"),
        action=at(request.agency, "satisfaction:send"),
        method="get",
        **_back(request),
    )


def _back(request: AgencyRequest) -> Back:
    return {
        "back": at(request.agency, "satisfaction:rounds"),
        "back_text": _("Back to surveys"),
    }


def send(request: AgencyRequest) -> HttpResponse:
    """The second step: how many people get a message, and the button that sends it."""
    _may_open(request)
    agency, today = request.agency, request.agency.today()
    asked = len(actions.to_ask(agency, today))
    if request.method == "POST":
        form = SendForm.from_request(request)
        response = submit(request, form, _opening(request))
        if response is not None:
            return response
        form.put("people", asked)
        closes = form.cleaned_data.get("closes")
    else:
        first = OpenRoundForm(request.GET)
        if not _days_fit(first, opens=today):
            return _last_day(request, first)
        closes = first.cleaned_data["closes"]
        form = SendForm(initial={"closes": closes, "people": asked})
    return show(
        request,
        form,
        title=_("Who gets a message"),
        about=ngettext(
            "%(people)s person gets a message.", "%(people)s people get a message.", asked
        )
        % {"people": asked},
        text=_whom_and_until(today, closes),
        warning=_(
            "You can’t take the messages back, and you can’t close the survey earlier. You can "
            "only give people more time."
        ),
        kind="",
        button=_("Open the survey and send the messages"),
        cancel=at(request.agency, "satisfaction:open_round"),
        cancel_text=_("Change the last day"),
        **_back(request),
    )


def _whom_and_until(today: date, closes: date | None) -> list[Words]:
    since, until = asked_about(today)
    said: list[Words] = [
        _(
            "They are all who had a seat in a group or came to a meeting from %(since)s to "
            "%(until)s: people who use services, staff and others alike."
        )
        % {"since": written(since), "until": written(until - DAY)}
    ]
    if closes:
        said.append(
            _("They can answer until %(last)s. The results can be seen on the next day.")
            % {"last": written(closes - DAY)}
        )
    return said


def _opening(request: AgencyRequest) -> Callable[[SendForm], Destination]:
    def act(form: SendForm) -> Destination:
        actions.open_round(
            request.agency,
            by=request.member,
            closes=form.cleaned_data["closes"],
            expected=form.cleaned_data["people"],
        )
        return at(request.agency, "satisfaction:rounds"), _("The survey is open. People were told.")

    return act


def _days_fit(form: OpenRoundForm, *, opens: date) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.check_closing_day(form.cleaned_data["closes"], opens=opens)
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()


@require_POST
def remind(request: AgencyRequest, pk: int) -> HttpResponse:
    round_ = _round(request, pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.remind(round_, by=request.member)
        return at(request.agency, "satisfaction:rounds"), _("People have a message.")

    return submit(request, form, act) or HttpResponseRedirect(
        at(request.agency, "satisfaction:rounds")
    )


def extend(request: AgencyRequest, pk: int) -> HttpResponse:
    """Give people more time; the closing day can't be brought forward."""
    round_ = _round(request, pk)
    enforce(rules.extending(round_, request.member, request.agency.today()))
    form = ExtendForm.from_request(request, initial={"closes": round_.closes - DAY})

    def act(form: ExtendForm) -> Destination:
        actions.extend_round(round_, closes=form.cleaned_data["closes"], by=request.member)
        return at(request.agency, "satisfaction:rounds"), _("People have more time now.")

    return ask(
        request,
        form,
        act,
        title=_("Give people more time"),
        text=[
            _(
                "You can choose a later day, never an earlier one: people were told that they have "
                "time until then."
            )
        ],
        button=_("Save"),
        **_back(request),
    )


@require_safe
def result(request: AgencyRequest, pk: int) -> HttpResponse:
    """A closed round's results; before that, nobody sees any."""
    round_ = _round(request, pk)
    is_open = rules.reading_results(round_, request.agency.today()) is not None
    may_read = rules.reading_comments(request.member) is None
    return render(
        request,
        "satisfaction/results.html",
        {
            "round": round_,
            "open": is_open,
            "results": [] if is_open else results.of_round(round_, comments=may_read),
            "may_read": may_read,
            "may_check": rules.reading_roster(round_, request.member) is None,
            "instrument": round_.asks,
            "minimum": MINIMUM.value,
        },
    )


@require_safe
@never_cache
def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    """From the waiting item to the open page, spending and recording nothing on the way.

    Somebody whose code is spent is told so, and can take the request off their list.
    """
    round_ = _round(request, pk)
    mine = _mine(request, round_)
    if mine is None:
        raise Http404
    if (over := rules.taking_answers(round_, request.agency.today())) is not None:
        raise Refused(over)
    try:
        code = code_for(mine)
    except KeyMissing:
        raise Refused(rules.without_key()) from None
    if not find(request.agency, codes.digest(code)).spent:
        return HttpResponseRedirect(reverse("satisfaction_open:survey", args=[code]))
    return render(
        request, "satisfaction/answered.html", {"round": round_, "mine": mine, "key": PortalForm()}
    )


@require_POST
def clear(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take the request off one's own list. Without `submit`, which would store when."""
    round_ = _round(request, pk)
    if _mine(request, round_) is None:
        raise Http404
    actions.clear(round_, request.member)
    messages.success(request, _("It is off your list. You can still answer on the page “Surveys”."))
    return HttpResponseRedirect(at(request.agency, "home_of"))


@require_safe
def roster(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who was asked, for the committee, which checks that nobody was left out."""
    round_ = _round(request, pk)
    enforce(rules.reading_roster(round_, request.member))
    asked = round_.invitations.select_related("member").order_by("member__shown_name", "member_id")
    return render(
        request,
        "satisfaction/roster.html",
        {"round": round_, "page": page_of(request, asked), "last_asked": round_.until - DAY},
    )


@never_cache
def sheets(request: AgencyRequest, pk: int) -> HttpResponse:
    """The survey to print; each sheet has a random code that belongs to nobody.

    Without `submit`, which would store what is shown once; sent twice, it draws new codes twice.
    """
    round_ = _round(request, pk)
    enforce(rules.printing(round_, request.member, request.agency.today()))
    form = SheetsForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = actions.print_sheets(
                round_, sheets=form.cleaned_data["sheets"], by=request.member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(
                request,
                "satisfaction/sheets.html",
                {
                    "round": round_,
                    "printed": [plain_codes.shown(code) for code in drawn],
                    "answers": list(ANSWERS.values()),
                    "sides": AnswerSide.labels,
                    "address": request.build_absolute_uri(reverse("satisfaction_open:code")),
                    "last_day": round_.closes - DAY,
                },
            )
    left = actions.sheets_left(round_)
    return show(
        request,
        form,
        title=_("Print sheets"),
        text=[
            _(
                "Each sheet has a code that is drawn by chance. It belongs to nobody: put the "
                "sheets on a table and let each person take one."
            ),
            _(
                "You see the codes only once, so print them right away. Answers on paper are "
                "counted apart from those on a screen, since somebody may have typed them in."
            ),
            ngettext(
                "You can print %(left)s more sheet.", "You can print %(left)s more sheets.", left
            )
            % {"left": left},
        ],
        button=_("Show the sheets"),
        keep=False,
        **_back(request),
    )


@never_cache
def enter(request: AgencyRequest, pk: int) -> HttpResponse:
    """Type in a sheet somebody filled in, without recording who did it or when.

    Without a double-submit key, which would store the code in its target address; sending it twice
    does no harm.
    """
    round_ = _round(request, pk)
    enforce(rules.entering_sheets(round_, request.member, request.agency.today()))
    form = EnterSheetForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            actions.check_sheet(round_, codes.digest(code))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return HttpResponseRedirect(reverse("satisfaction_open:whole", args=[code]))
    return show(
        request,
        form,
        title=_("Type in a sheet"),
        text=[
            _(
                "Somebody answered on paper. Type the code from their sheet. On the next page, "
                "type in their answers."
            ),
            _(
                "We don’t keep who typed it in or when. Answers on paper are counted apart from "
                "those on a screen."
            ),
        ],
        button=_("Go on"),
        keep=False,
        **_back(request),
    )


def _round(request: AgencyRequest, pk: int) -> SurveyRound:
    return get_object_or_404(
        SurveyRound.objects.within(request.agency).select_related("agency"), pk=pk
    )


def _mine(request: AgencyRequest, round_: SurveyRound) -> SurveyInvitation | None:
    return round_.invitations.filter(member=request.member).first()
