"""Checks of a form's error response: where, how to fix it, and that the input is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from tests.browser.crawl import Crawl, Found, route_of
from tests.browser.forms import Form, forms
from tests.browser.offered import all_forms
from tests.browser.sending import DURABLE, undone
from tests.frontend.markup import Element, read

# Without it nothing can be written; some forms have no other field.
KEY = "submission"
# The response of a page shown again with errors.
MISTAKEN = 422
# The response of one that was accepted, or would have been except for its own transaction.
TAKEN = 200


@dataclass(frozen=True)
class Mistaken:
    """The response to a form that was sent without its key."""

    status: int
    html: str


def send_without_key(client: Client, form: Form, filled: dict[str, Any]) -> Mistaken:
    """Send it so that it can't be accepted and nothing is written, unless it has no key."""
    told = {name: value for name, value in {**form.hidden, **filled}.items() if KEY not in name}
    try:
        with undone():
            answer: Any = client.post(form.action, told)
            return Mistaken(answer.status_code, answer.text)
    except RuntimeError as error:
        if DURABLE not in str(error):
            raise
        return Mistaken(TAKEN, "")


@dataclass(frozen=True)
class Mistake:
    """A form on a page, filled in without its required key, and the response."""

    page: Found
    form: Form
    full: dict[str, Any]
    empty: Mistaken
    answer: Mistaken


def kind_of(form: Form) -> tuple[str, ...]:
    return (route_of(form.action), *sorted(form.controls))


def sent_wrong(crawl: Crawl, today: date, before: set[tuple[str, ...]]) -> Iterator[Mistake]:
    """Each kind of form not in `before`, sent empty and sent with everything checked."""
    for page, form in all_forms(crawl.found):
        if form.method != "post" or not form.controls or kind_of(form) in before:
            continue
        before.add(kind_of(form))
        full = form.filled(today)[0] | form.ticked()
        empty = send_without_key(crawl.client, form, {})
        yield Mistake(page, form, full, empty, send_without_key(crawl.client, form, full))


def badly_told(mistakes: Iterable[Mistake]) -> Iterator[str]:
    """What the errors fail to say, and input they lost."""
    for each in mistakes:
        said = [*untold(each.empty.html)] if each.empty.status == MISTAKEN else []
        if each.answer.status == MISTAKEN:
            said += lost(each.form, each.full, each.answer.html)
        for problem in said:
            yield f"{each.form.action} on {each.page.url}: {problem}"


def untold(html: str) -> Iterator[str]:
    """What an error page lacks: the title, the summary, the link to each field."""
    root = read(html)
    title = "".join(
        part
        for each in root.all()
        if each.tag == "title"
        for part in each.children
        if isinstance(part, str)
    )
    if not title.startswith("Error:"):
        yield f"the title is “{title}”"
    summaries = [each for each in root.all() if "govuk-error-summary" in each.classes]
    if len(summaries) != 1:
        yield f"there are {len(summaries)} error summaries"
    words = [_words(link) for link in _links(summaries)]
    for twice in sorted({each for each in words if words.count(each) > 1}):
        yield f"two errors can't be told apart: {twice}"
    there = {each.attributes.get("id") for each in root.all()}
    for href in (link.attributes.get("href", "") for link in _links(summaries)):
        if href.startswith("#") and href[1:] not in there:
            yield f"an error leads nowhere: {href}"


def _words(link: Element) -> str:
    parts = (part for each in link.all() for part in each.children if isinstance(part, str))
    return " ".join(parts)


def _links(summaries: list[Element]) -> list[Element]:
    return [each for summary in summaries for each in summary.all() if each.tag == "a"]


def lost(form: Form, sent: dict[str, Any], html: str) -> Iterator[str]:
    """What was checked or typed in the form and is missing from the error page."""
    again = next(
        (
            each
            for each in forms(form.action, html)
            if each.action == form.action and set(form.controls) <= set(each.controls)
        ),
        None,
    )
    if again is None:
        yield "the form is gone"
        return
    for name, value in sent.items():
        control = again.controls.get(name)
        if control is None:
            continue
        if control.kind in ("checkbox", "radio", "select"):
            if missing := set(value) - set(control.checked):
                yield f"{name} was chosen and is not any more: {sorted(missing)[:3]}"
        elif control.kind not in ("file", "password") and control.value.strip() != value:
            yield f"{name} held “{value}” and holds “{control.value.strip()}”"
