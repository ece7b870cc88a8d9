"""Checks that everything offered is permitted, and that nothing shows row numbers."""

from collections.abc import Iterable, Iterator

from tests.browser.crawl import BUDGET, HOME, MAY_ASK_OFTEN, Found, route_of
from tests.browser.forms import Form
from tests.frontend.markup import Element, read

REFUSED = (403, 404, 405, 410)
# These tell only on trying: before, it would reveal whose answer made a decision's quorum, or that
# somebody's pay is not settled.
TELLS_WHEN_TRIED = {"accounts:erase", "groups:close_decision"}


def refused(found: Iterable[Found]) -> Iterator[str]:
    """Links that lead to a refusal, to nothing, or to an error; asking back (422) is none."""
    for each in found:
        if each.status in REFUSED or each.status >= 500:
            yield f"{each.url} is offered on {each.offered_on} and answers {each.status}"


def refusing(found: Iterable[Found]) -> Iterator[str]:
    """Forms that refuse plausible input.

    Asking for other words (422) is no refusal.
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
    """Pages, files and responses that contain a row's sequential key anywhere."""
    for page in found:
        for key in page.keys:
            yield f"{page.url} carries a running key: …{key}…"
        for sent in page.sent:
            for key in sent.keys:
                yield f"{sent.action}, sent from {page.url}, answers with a running key: …{key}…"


def asking_often(found: Iterable[Found]) -> Iterator[str]:
    """Pages with too many queries, when nothing was written just before."""
    for each in found:
        if each.passing:
            continue
        if each.queries > BUDGET and route_of(each.url) not in MAY_ASK_OFTEN:
            yield f"{each.url}: {each.queries} queries"


HEADINGS = ("h1", "h2", "h3", "h4")
SAYS_SOMETHING = ("input", "select", "textarea", "svg", "img")


def bare(found: Iterable[Found]) -> Iterator[str]:
    """Pages with a heading above nothing at all, not even an empty state."""
    for each in found:
        if "<main" in each.html:
            for words in hollow(each.html):
                yield f"{each.url}: nothing stands under “{words}”"


def hollow(html: str) -> Iterator[str]:
    """Headings in a page's main part directly followed by one of the same or a higher rank."""
    main = next((each for each in read(html).all() if each.tag == "main"), None)
    heading, rank = "", 0
    for tag, words in _told(main) if main else ():
        if tag in HEADINGS:
            if heading and int(tag[1]) <= rank:
                yield heading
            heading, rank = words, int(tag[1])
        else:
            heading = ""
    if heading:
        yield heading


def _told(element: Element) -> Iterator[tuple[str, str]]:
    """Headings with their words, and everything else with text, in order."""
    if element.tag in HEADINGS:
        yield element.tag, " ".join(_words(element))
        return
    if element.tag in SAYS_SOMETHING:
        yield element.tag, ""
    for child in element.children:
        if isinstance(child, Element):
            yield from _told(child)
        else:
            yield "", child


def _words(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield from _words(child)
        else:
            yield child


def all_forms(found: Iterable[Found]) -> Iterator[tuple[Found, Form]]:
    """Forms of these pages with targets inside the agency, of pages that stay."""
    for page in found:
        if page.passing:
            continue
        for form in page.forms:
            if form.action.startswith(HOME):
                yield page, form
