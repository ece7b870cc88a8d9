"""The newest head, and a head by its words."""

from collections.abc import Sequence
from datetime import date

from evidence import words
from evidence.models import RecordHead
from foundation.models import Agency


def newest(agency: Agency) -> RecordHead | None:
    """The head of the last day that was sealed; one query."""
    return RecordHead.objects.within(agency).newest_first().first()


def newest_before(agency: Agency, day: date) -> RecordHead | None:
    """The newest head of a day before that one: what was sealed by then; one query."""
    return RecordHead.objects.within(agency).filter(day__lt=day).newest_first().first()


def of_words(agency: Agency, said: Sequence[str]) -> RecordHead | None:
    """The head with these eight words, all of them in the list; one query."""
    heads = RecordHead.objects.within(agency).newest_first()
    return heads.filter(digest__startswith=words.beginning(said)).first()
