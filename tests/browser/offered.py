"""What is offered is permitted, and tells no numbers of rows."""

from collections.abc import Iterable, Iterator

from tests.browser.crawl import HOME, Found, route_of
from tests.browser.forms import Form

REFUSED = (403, 404, 405, 410)
# Whoever may end a decision reads what is missing only when they try: before that it would tell
# whose answer it was that made it enough; whoever erases somebody, that their pay is not settled.
TELLS_WHEN_TRIED = {"accounts:erase", "groups:close_decision"}


def refused(found: Iterable[Found]) -> Iterator[str]:
    """Links that lead to a refusal, to nothing, or to an error; asking back (422) is none."""
    for each in found:
        if each.status in REFUSED or each.status >= 500:
            yield f"{each.url} is offered on {each.offered_on} and answers {each.status}"


def refusing(found: Iterable[Found]) -> Iterator[str]:
    """Forms that refuse after they were filled in plausibly.

    What is asked for in other words (422) is no refusal.
    """
    for page in found:
        for sent in page.sent:
            tells = route_of(sent.action).partition("?")[0] in TELLS_WHEN_TRIED
            if sent.status >= 500 or (sent.status in REFUSED and not tells):
                yield (
                    f"{sent.action} is offered on {page.url} and answers {sent.status}"
                    " when it is sent"
                )


def numbering(found: Iterable[Found]) -> Iterator[str]:
    """Pages, files and answers that carry the running key of a row, wherever it stands."""
    for page in found:
        for key in page.keys:
            yield f"{page.url} carries a running key: …{key}…"
        for sent in page.sent:
            for key in sent.keys:
                yield f"{sent.action}, sent from {page.url}, answers with a running key: …{key}…"


def all_forms(found: Iterable[Found]) -> Iterator[tuple[Found, Form]]:
    """The forms of these pages that are sent within the agency."""
    for page in found:
        for form in page.forms:
            if form.action.startswith(HOME):
                yield page, form
