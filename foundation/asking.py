"""A page that asks one thing: a title, what it is about, a few sentences, and one form."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Required, TypedDict, Unpack

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import Refusal, enforce

Words = str | Promise


class Quote(NamedTuple):
    """A quotation (components/inset_text.html) and who said it."""

    text: Words
    by: Words = ""


class Back(TypedDict):
    """Where Back and Cancel lead, for views that ask several things from one page."""

    back: str
    back_text: Words


class About(Back):
    """The thing that a question is about, for a view with several questions."""

    about: Words


class AskingPage(TypedDict, total=False):
    """Everything on the page, from top to bottom."""

    # Where Back and Cancel lead; empty for neither.
    back: str
    back_text: Words
    # The small text above the title.
    caption: Words
    title: Required[Words]
    # The title of the browser tab, if it differs from the page's.
    tab: Words
    # The name of the thing in question, and the words of it to read.
    about: Words
    paper: Words
    text: Sequence[Words]
    quotes: Sequence[Quote]
    # A place that upper apps fill (foundation.slots), and what it is about.
    slot_name: str
    slot_subject: Any
    # What can't be undone; it also gives the button its warning style.
    warning: Words
    button: Required[Words]
    # "warning" for a button that takes something away.
    kind: str
    # A second, quieter button, and the name it is sent under.
    secondary: Words
    secondary_name: str
    # Where to send the form, if not to this page; "get" for a form that changes nothing.
    action: str
    method: str
    # Whether the browser keeps what is typed until it is sent.
    keep: bool
    # Where Cancel leads and what it says, if it differs from Back; "" for no Cancel.
    cancel: str
    cancel_text: Words
    # What to do for people who can't answer.
    after: Sequence[Words]


def show(request: HttpRequest, form: BaseForm, **question: Unpack[AskingPage]) -> HttpResponse:
    """Draw the page, for views that answer its form in their own way."""
    warned = "warning" if question.get("warning") else ""
    context: dict[str, Any] = {
        "kind": warned,
        "cancel": question.get("back", ""),
        **question,
        "form": form,
    }
    return render(request, "asking.html", context)


def ask[F: BaseForm](
    request: AgencyRequest,
    form: F,
    act: Callable[[F], Destination],
    *,
    rule: Callable[[], Refusal | None] = lambda: None,
    **question: Unpack[AskingPage],
) -> HttpResponse:
    """Show the form under its title; once answered, act and redirect.

    `rule` is checked only before the page is drawn. The action checks it by itself, and a second
    click has to reach the first one's target even if the act is no longer allowed by then.
    """
    if answer := submit(request, form, act):
        return answer
    enforce(rule())
    return show(request, form, **question)
