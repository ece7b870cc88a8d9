"""A page that asks one thing: a title, what it is about, some sentences, and one form."""

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
    """Words set apart (components/inset_text.html), and whose they are."""

    text: Words
    by: Words = ""


class Back(TypedDict):
    """Where Back and Cancel lead, for views that ask several things from one page."""

    back: str
    back_text: Words


class About(Back):
    """The same, with what they are about."""

    about: Words


class AskingPage(TypedDict, total=False):
    """What stands on the page, from its top to its end."""

    # Where Back leads, and Cancel beside the button; without one there is neither.
    back: str
    back_text: Words
    # Small words above the title.
    caption: Words
    title: Required[Words]
    # The title of the browser's tab, when it is another than the page's.
    tab: Words
    # The name of the thing that is asked about, and the words of it that one has to read.
    about: Words
    paper: Words
    text: Sequence[Words]
    quotes: Sequence[Quote]
    # What can't be undone; the button warns as well.
    warning: Words
    button: Required[Words]
    # "warning" for a button that takes something away.
    kind: str
    # A second, quieter button, and the name under which it is sent.
    secondary: Words
    secondary_name: str
    # Where the form is sent, when not to this page; "get" for one that only leads on.
    action: str
    method: str
    # Whether what is typed is kept in the browser until it is sent.
    keep: bool
    # Where Cancel leads and what it says, when it is not where Back leads; "" for none.
    cancel: str
    cancel_text: Words
    # What to do for who can't answer.
    after: Sequence[Words]


def show(request: HttpRequest, form: BaseForm, **question: Unpack[AskingPage]) -> HttpResponse:
    """Draw the page; for views that answer its form in their own way."""
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
    """Show the form under its title; when it is answered, act and lead on.

    `rule` is asked only before the page is drawn: the action asks it by itself, and a second
    click has to find where the first one led, though by now there may be nothing left to do.
    """
    if answer := submit(request, form, act):
        return answer
    enforce(rule())
    return show(request, form, **question)
