"""Answering one statement a screen, with all answers to check before they are sent.

Nothing is stored on the way: each screen carries the answers before it (`satisfaction.drafts`), and
each is checked again when it comes back. All screens have one address, which says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise

from foundation.pages import render
from satisfaction import drafts, round_keys
from satisfaction.answering import promised, send, with_code
from satisfaction.drafts import Draft, DraftLost
from satisfaction.forms import AnswerForm
from satisfaction.models import SurveyRound
from satisfaction.round_keys import KeyMissing

CHECK = "check"


class GivenAnswer(NamedTuple):
    """A line of the page on which people check what they answered."""

    name: str
    asked: str | Promise
    answer: str


@dataclass
class Walk:
    """One request on the way through the screens."""

    request: HttpRequest
    round: SurveyRound
    code: str
    secret: bytes
    draft: Draft

    def __post_init__(self) -> None:
        self.names = list(AnswerForm(instrument=self.round.asks).fields)

    def go(self) -> HttpResponse:
        """Take what was answered and draw the screen that was asked for."""
        sent = self.request.POST
        here, to = sent.get("here", ""), sent.get("to", "next")
        if here == CHECK:
            return self.send() if to == "send" else self.screen(to)
        if here not in self.names:
            return self.start(lost=True)
        form = AnswerForm(sent, instrument=self.round.asks, only=here)
        if form.is_valid():
            self.draft = self.draft.with_answer(here, str(form.cleaned_data[here]))
        elif to != "back" or sent.get(here):
            return self.screen(here, form)
        if self.draft.checking:
            return self.check()
        place = self.names.index(here) + (-1 if to == "back" else 1)
        return self.check() if place == len(self.names) else self.screen(self.names[max(0, place)])

    def screen(self, name: str, form: AnswerForm | None = None) -> HttpResponse:
        """One field by itself, with the answer that was given before, if any."""
        if name not in self.names:
            return self.start(lost=True)
        if form is None:
            form = AnswerForm(initial=self.draft.answers, instrument=self.round.asks, only=name)
        place = self.names.index(name) + 1
        context = {
            "form": form,
            "asked": form.fields[name].label,
            "here": name,
            "place": place,
            "all": len(self.names),
            "first": place == 1,
            "checking": self.draft.checking,
        }
        return self._page("satisfaction/step.html", context)

    def check(self) -> HttpResponse:
        """All answers, each with a way to change it; the first that is missing comes before."""
        form = self._whole()
        for name in self.names:
            if name in form.errors:
                only = AnswerForm(self.draft.answers, instrument=self.round.asks, only=name)
                return self.screen(name, only)
        self.draft = self.draft.seen()
        given = [
            GivenAnswer(name, form.fields[name].label or "", form.words(name))
            for name in self.names
        ]
        return self._page("satisfaction/check.html", {"given": given})

    def send(self) -> HttpResponse:
        form = self._whole()
        if not form.is_valid():
            return self.check()
        return send(self.request, self.round.agency, self.code, form)

    def start(self, *, lost: bool) -> HttpResponse:
        """What the survey is; `lost`: why somebody who was on their way is here again."""
        context = {"lost": lost, "all": len(self.names), **promised(self.round, self.code)}
        response = render(self.request, "satisfaction/survey.html", context)
        response.status_code = 422 if lost else 200
        return response

    def _whole(self) -> AnswerForm:
        form = AnswerForm(self.draft.answers, instrument=self.round.asks)
        form.full_clean()
        return form

    def _page(self, template: str, context: Mapping[str, object]) -> HttpResponse:
        carried = drafts.seal(self.secret, self.code, self.draft)
        return render(
            self.request, template, {"agency": self.round.agency, "carried": carried, **context}
        )


@with_code
def survey(request: HttpRequest, round_: SurveyRound, code: str) -> HttpResponse:
    """The survey, one statement a screen; opened by its address, it begins at the beginning."""
    try:
        secret = round_keys.of(round_).secret
    except KeyMissing:
        # Without the key, nothing can be carried; sealing an answer takes only the public one.
        return HttpResponseRedirect(reverse("satisfaction_open:whole", args=[code]))
    walk = Walk(request, round_, code, secret, Draft())
    if request.method != "POST":
        return walk.start(lost=False)
    if request.POST.get("to") == "begin":
        return walk.screen(walk.names[0])
    try:
        walk.draft = drafts.unseal(secret, code, request.POST.get("carried", ""))
    except DraftLost:
        return walk.start(lost=True)
    return walk.go()
