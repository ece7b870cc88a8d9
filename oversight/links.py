"""Titles and addresses of reviews and recommendations, for those who may read them."""

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from oversight import rules
from oversight.models import Finding, Recommendation, Review
from oversight.periods import words


def review(pk: int, reader: Member) -> Link | None:
    found = Review.objects.within(reader.agency).filter(pk=pk).first()
    if found is None or rules.reading_review(found, reader, rules.hat(reader)) is not None:
        return None
    return Link(words(found.since, found.until), at(reader.agency, "oversight:review", pk=pk))


def recommendation(pk: int, reader: Member) -> Link | None:
    rows = Recommendation.objects.within(reader.agency).select_related("finding__review")
    found = rows.filter(pk=pk).first()
    if found is None or rules.reading_recommendation(found, reader, rules.hat(reader)) is not None:
        return None
    title = f"{found.number}: {found.title}"
    return Link(title, at(reader.agency, "oversight:recommendation", pk=pk))


def finding(pk: int, reader: Member) -> Link | None:
    """The page of its sign in its review."""
    found = Finding.objects.within(reader.agency).filter(pk=pk).select_related("review").first()
    if found is None or review(found.review_id, reader) is None:
        return None
    url = at(reader.agency, "oversight:sign", pk=found.review_id, code=found.indicator)
    return Link(words(found.review.since, found.review.until), url)


links.register("oversight.review", review)
links.register("oversight.finding", finding)
links.register("oversight.recommendation", recommendation)
