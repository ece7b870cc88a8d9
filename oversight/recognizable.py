"""Passages that could give a person away, to reread before they are published."""

import re
from collections.abc import Iterable

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


def passages(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """The passages that name or count people, each once, in order."""
    named = [re.escape(name) for name in sorted(set(names), key=len, reverse=True) if name.strip()]
    by_name = re.compile(rf"\b(?:{'|'.join(named)})\b") if named else None
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


def of_texts(agency: Agency, texts: Iterable[str]) -> list[str]:
    """Such passages in texts that everybody is going to read; one query."""
    people = Member.objects.within(agency).filter(erased_at=None)
    names = [name for row in people.values_list("name", "display_name") for name in row]
    return passages(texts, names)
