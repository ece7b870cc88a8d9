"""Passages that could give a person away, to reread before they are published."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.models import Agency
from oversight.models import Finding, Recommendation, Review

# A number next to the people it counts: "two of the six consumers", "the only consumer".
_PEOPLE = r"(?:consumers?|members?|seats?|people|persons?|peers?|clients?)"
_COUNTED = re.compile(
    rf"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|both|all|only|none)\b"
    rf"(?:\W+\w+){{0,4}}?\W+{_PEOPLE}\b",
    re.IGNORECASE,
)


def _named(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds these names, the longest first; None without any."""
    named = [re.escape(name) for name in sorted(set(names), key=len, reverse=True) if name.strip()]
    return re.compile(rf"\b(?:{'|'.join(named)})\b") if named else None


def passages(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """The passages that name or count people, each once, in order."""
    by_name = _named(names)
    found: dict[str, None] = {}
    for text in texts:
        for pattern in filter(None, (by_name, _COUNTED)):
            found.update(dict.fromkeys(each[0] for each in pattern.finditer(text)))
    return list(found)


def in_review(review: Review, summary: str = "") -> list[str]:
    """Such passages in its summary, findings and recommendations; three queries."""
    agency = review.agency
    findings = Finding.objects.within(agency).filter(review=review)
    asked = Recommendation.objects.within(agency).filter(finding__review=review)
    texts = [summary, *findings.order_by("pk").values_list("text", flat=True)]
    for title, text in asked.order_by("pk").values_list("title", "text"):
        texts += [title, text]
    return of_texts(agency, texts)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with these names taken out."""
    found = _named(names)
    if found is None:
        return text

    def nobody(name: re.Match[str]) -> str:
        before: str | None = name[1]
        return _("a member") if before is None else before + _("A member")

    # What comes before it tells whether a sentence begins.
    return re.sub(rf"(^\s*|[.!?\r\n] *)?(?:{found.pattern})", nobody, text)


def names_and_parts(agency: Agency) -> set[str]:
    """All names of members, and the parts of each: many are called by one alone; one query."""
    names = _names(agency)
    words = {part for name in names for part in re.findall(r"\w[\w'’-]+", name)}
    return {*names, *(part for part in words if part[0].isupper())}


def _names(agency: Agency) -> list[str]:
    people = Member.objects.within(agency).filter(erased_at=None)
    return [name for row in people.values_list("name", "display_name") for name in row]


def of_texts(agency: Agency, texts: Iterable[str]) -> list[str]:
    """Such passages in texts that everybody is going to read; one query."""
    return passages(texts, _names(agency))
