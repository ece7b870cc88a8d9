"""From a theme to a cell and a reply, and the whole story; also for anonymous authors."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cells.cell import rules as cell_rules
from dialogues.dialogue import rules as dialogue_rules
from dialogues.policies import LOOKS_AN_HOUR
from dialogues.silencing import actions as silencing
from dialogues.silencing import reading
from dialogues.silencing.forms import UnnamedAppealForm
from dialogues.themes.finding import theme_of
from dialogues.themes.models import Theme
from dialogues.told_back import actions, outcomes, rules, story
from dialogues.told_back.actions import quotes
from dialogues.told_back.forms import ConvertForm, DispositionForm, ReplyForm
from dialogues.told_back.presenting import ThemeParts, theme_page
from dialogues.voices import receipts
from dialogues.voices.forms import ReceiptForm
from dialogues.voices.models import Voice
from foundation import flood, tenancy
from foundation.addresses import at
from foundation.asking import Back, Quote, ask, show
from foundation.http import AgencyRequest
from foundation.pages import Destination, render
from foundation.refusals import enforce
from foundation.untraced import untraced


@require_safe
def theme(request: AgencyRequest, pk: int) -> HttpResponse:
    """A theme for facilitators: its words, its disposition, and what is left to do."""
    found = theme_of(request, pk)
    enforce(dialogue_rules.facilitating(found.dialogue, request.member))
    parts = ThemeParts(
        theme=found,
        words=outcomes.rests_on(found, request.member),
        dispositions=list(found.dispositions.order_by("on", "pk")),
        replies=list(found.replies.order_by("on", "pk")),
    )
    disposed = bool(parts.dispositions)
    may_reply = rules.replying(found, request.member, disposed=disposed) is None
    return render(
        request,
        "dialogues/told_back/theme.html",
        {
            "theme": found,
            "replies": parts.replies,
            "page": theme_page(parts, may_reply=may_reply),
        },
    )


def dispose(request: AgencyRequest, pk: int) -> HttpResponse:
    """Decide what happens with a theme."""
    found = theme_of(request, pk)
    enforce(rules.disposing(found, request.member))
    form = DispositionForm.from_request(request)

    def act(form: DispositionForm) -> Destination:
        actions.dispose(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:theme", pk=pk), _("People can see it now.")

    return ask(
        request,
        form,
        act,
        tab=_("What happens with the theme"),
        title=_("Decide what happens next: “%(title)s”") % {"title": found.title},
        text=[
            _("Everyone who can see the dialogue reads this. Those who said it get a message."),
        ],
        button=_("Say it"),
        **_back(request, found),
    )


def _back(request: AgencyRequest, theme: Theme) -> Back:
    return {
        "back": at(request.agency, "dialogues:theme", pk=theme.pk),
        "back_text": _("Back to the theme"),
    }


def convert(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a theme to a cell as an improvement opportunity."""
    found = theme_of(request, pk)
    enforce(rules.disposing(found, request.member))
    said = quotes(found)
    form = ConvertForm.from_request(
        request,
        member=request.member,
        opens=cell_rules.opening(request.member) is None,
        initial={"title": found.title, "description": found.summary},
    )

    def act(form: ConvertForm) -> Destination:
        answers = form.answers
        cell, name = answers.pop("cell"), answers.pop("new_cell", "")
        if cell is None:
            cell = actions.take_to_new_cell(found, name, by=request.member, **answers)
            opened = _("The cell is open, and has the idea. Now give people a seat in it.")
            return at(request.agency, "groups:people", pk=cell.group_id), opened
        actions.take_to_cell(found, cell, by=request.member, **answers)
        return at(request.agency, "dialogues:story", pk=pk), _("The cell has it now.")

    return ask(
        request,
        form,
        act,
        tab=_("Take the theme to a cell"),
        title=_("Take “%(title)s” to a cell") % {"title": found.title},
        text=[
            _(
                "The cell gets it as an improvement opportunity, with the words that it rests on. "
                "Those who said it get a message."
            )
        ],
        quotes=[Quote(said)] if said else [],
        button=_("Give it to the cell"),
        **_back(request, found),
    )


def reply(request: AgencyRequest, pk: int) -> HttpResponse:
    """Reply to the people who spoke."""
    found = theme_of(request, pk)
    disposed = found.dispositions.exists()
    enforce(rules.replying(found, request.member, disposed=disposed))
    form = ReplyForm.from_request(request)

    def act(form: ReplyForm) -> Destination:
        actions.reply(found, by=request.member, text=form.cleaned_data["text"])
        return at(request.agency, "dialogues:story", pk=pk), _("People have been told.")

    return ask(
        request,
        form,
        act,
        title=_("Reply to the people who said it"),
        text=[
            _(
                "Your reply to “%(title)s” is shown to everyone who can see the dialogue. Those "
                "who said it get a message. Those who said it without a name find it with their "
                "code."
            )
            % {"title": found.title}
        ],
        button=_("Send the reply"),
        **_back(request, found),
    )


@require_safe
def story_of(request: AgencyRequest, pk: int) -> HttpResponse:
    """From the voice to the result, on one screen."""
    found = theme_of(request, pk)
    told = story.records_of(request.agency, [found])
    return render(
        request,
        "dialogues/told_back/story.html",
        {
            "theme": found,
            "steps": story.steps(found, told[found.pk], request.member),
            "facilitates": dialogue_rules.facilitating(found.dialogue, request.member) is None,
        },
    )


@untraced
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """What came of anonymous words, opened with a receipt."""
    if request.method == "POST" and flood.too_many(request, "receipt", limit=LOOKS_AN_HOUR.value):
        return _too_many(request)
    form = ReceiptForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        agency = receipts.agency_of_receipt(code)
        if agency is not None:
            with tenancy.entering(agency):
                voice = Voice.objects.within(agency).get(receipt=receipts.digest(code))
                return _found(request, voice, code)
        form.add_error("code", _("We don't know this code. Please check it."))
    return show(
        request,
        form,
        title=_("Look for the reply"),
        text=[
            _("Did you say something without your name? Type your code to see what came of it."),
        ],
        button=_("Look"),
        keep=False,
    )


def _found(request: HttpRequest, voice: Voice, code: str) -> HttpResponse:
    themes = list(Theme.objects.within(voice.agency).filter(words__voice=voice).order_by("pk"))
    told = story.records_of(voice.agency, themes)
    return render(
        request,
        "dialogues/told_back/open/found.html",
        {
            "voice": voice,
            "told": [
                (theme, story.public(theme, told[theme.pk], reply_by=voice.reply_by))
                for theme in themes
            ],
            "reply_by": voice.reply_by,
            **_aside(voice, code),
        },
    )


def _aside(voice: Voice, code: str) -> dict[str, object]:
    """What was done about the words, and the appeal form if an appeal is possible."""
    done = reading.told(voice, voice.agency.today())
    open_to = any(each.may_appeal for each in done)
    sealed = {"seal": receipts.sealed(code)}
    return {"done": done, "form": UnnamedAppealForm(initial=sealed) if open_to else None}


@untraced
@require_http_methods(["POST"])
def appeal(request: HttpRequest) -> HttpResponse:
    """Appeal as an anonymous author against setting the words aside."""
    if flood.too_many(request, "receipt", limit=LOOKS_AN_HOUR.value):
        return _too_many(request)
    form = UnnamedAppealForm.from_request(request)
    code = form.cleaned_data.get("seal") if form.is_valid() else None
    agency = receipts.agency_of_receipt(code) if code else None
    if agency is None or code is None:
        return HttpResponseRedirect(reverse("dialogues_open:receipt"))
    with tenancy.entering(agency):
        voice = Voice.objects.within(agency).get(receipt=receipts.digest(code))
        silencing.appeal_unnamed(voice, text=form.cleaned_data["text"])
        return _found(request, voice, code)


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "dialogues/voices/open/too_many.html")
    response.status_code = 429
    return response
