"""A draft that begins with a starter text: the page of its blanks, and what the editor opens with.

Nothing is stored before the draft is saved: the values stand in the editor's address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation import policies
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.presenting import Fact
from foundation.prose import open_blanks
from starters.forms import LONGEST, BlanksForm
from starters.texts import LANGUAGES, StarterText, TextCode, starter, tidy

# Carries the language, and so says that an editor shall begin with the text.
ASKED = "starter"


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True)
class FilledText:
    """A starter text with the values that this request brings, in the language it asks for."""

    text: StarterText
    values: Mapping[str, str]

    @property
    def words(self) -> str:
        return self.text.filled(self.values)

    @property
    def open(self) -> list[str]:
        return open_blanks(self.words)

    @property
    def form(self) -> BlanksForm:
        return BlanksForm(text=self.text, known=self.values)

    @property
    def query(self) -> str:
        return urlencode({ASKED: self.text.language, **self.values})


def language_asked(query: QueryDict) -> str:
    asked = query.get(ASKED, "") or get_language() or ""
    return asked if asked in LANGUAGES else next(iter(LANGUAGES))


def filled(
    request: AgencyRequest, code: TextCode, known: Mapping[str, str] | None = None
) -> FilledText:
    """The text with what the address says, or else what the agency's records know."""
    text = starter(code, language_asked(request.GET))
    values = {**_known(text, request.agency), **(known or {})}
    return FilledText(
        text,
        {
            blank.name: tidy(request.GET.get(blank.name, values.get(blank.name, "")))[:LONGEST]
            for blank in text.blanks
        },
    )


def _known(text: StarterText, agency: Agency) -> dict[str, str]:
    """The agency's name, and the numbers of its policies today."""
    today = agency.today()
    numbers = {
        blank.name: str(policies.find(blank.policy).value(agency, today))
        for blank in text.blanks
        if blank.policy
    }
    return {"agency": agency.name, **numbers}


def languages(request: HttpRequest, shown: FilledText) -> list[LanguageLink]:
    """The languages that the text is there in; a switch keeps what was filled in."""
    kept = {name: value for name, value in shown.values.items() if name in request.GET}
    return [
        LanguageLink(
            code=code,
            name=name,
            href=f"{request.path}?{urlencode({ASKED: code, **kept})}",
            current=code == shown.text.language,
        )
        for code, name in LANGUAGES.items()
    ]


def begun(
    request: AgencyRequest, code: TextCode, known: Mapping[str, str] | None = None
) -> FilledText | None:
    """What an editor begins with, if its address asks for the starter text."""
    return filled(request, code, known) if ASKED in request.GET else None


def language_of(sent: str) -> str:
    """The language of the starter text that a sent draft began from; empty for none."""
    return sent if sent in LANGUAGES else ""


def offer(
    request: AgencyRequest,
    code: TextCode,
    *,
    editor: str,
    back: str,
    back_text: str | Promise,
    known: Mapping[str, str] | None = None,
    checklist: Sequence[tuple[str, str | Promise]] = (),
) -> HttpResponse:
    """The page that shows the text and its blanks, and leads to the editor.

    `checklist`: code and question of each item that the text answers.
    """
    shown = filled(request, code, known)
    answered = [
        Fact(key=str(question), value=words)
        for item, question in checklist
        if (words := shown.text.answer(item, shown.values))
    ]
    return render(
        request,
        "starters/begin.html",
        {
            "shown": shown,
            "languages": languages(request, shown),
            "editor": editor,
            "back": back,
            "back_text": back_text,
            "answered": answered,
        },
    )


def said(began: FilledText | None) -> list[str]:
    """What an editor says above the text that it began with."""
    if began is None:
        return []
    words = [_("This is our starter text with what you filled in. Change whatever you like.")]
    if "## " in began.words:
        words.append(
            _("Lines that begin with ## are headings. Those that begin with - are a list.")
        )
    if began.open:
        blanks = "; ".join(began.open)
        words.append(_("Still to fill in, in double brackets: %(blanks)s.") % {"blanks": blanks})
    return words
