"""Texts to print: letters, a poster, agenda, guide and ground rules, filled in and never stored."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce
from starters import rules
from starters.beginning import FilledText, filled, language_asked, languages
from starters.texts import TextCode, starter


@require_safe
def texts(request: AgencyRequest) -> HttpResponse:
    """The texts that the member may print."""
    enforce(rules.printing(request.member))
    language = language_asked(request.GET)
    shown = [starter(code, language) for code in rules.printable(request.member)]
    return render(request, "starters/texts.html", {"texts": shown})


@require_safe
def text(request: AgencyRequest, code: str) -> HttpResponse:
    """One text with its blanks, filled in by this page's own address."""
    shown = _shown(request, code)
    return render(
        request,
        "starters/text.html",
        {
            "shown": shown,
            "languages": languages(request, shown),
            "poster": shown.text.code == TextCode.POSTER,
        },
    )


@require_safe
def text_file(request: AgencyRequest, code: str) -> HttpResponse:
    """The filled text as a Markdown file, to change elsewhere."""
    shown = _shown(request, code)
    name = f"{shown.text.code}-{shown.text.language}.md"
    return HttpResponse(
        f"{shown.words}\n",
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _shown(request: AgencyRequest, code: str) -> FilledText:
    """404 for a text that is not among those to print."""
    found = next((each for each in rules.PRINTED if each == code), None)
    if found is None:
        raise Http404
    enforce(rules.printing(request.member, found))
    return filled(request, found)
