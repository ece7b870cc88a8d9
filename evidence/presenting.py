"""What the page of the record says: whether it fits, since when, and what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from evidence import rules, words
from evidence.checking import FINDING_WORDS
from evidence.covered import KINDS
from evidence.models import RecordHead, RecordProof, RemovalReason, SealedRecord, SealRemoval
from evidence.policies import LATE
from evidence.reading import newest, of_words
from foundation.addresses import at
from foundation.models import Agency


def spoken(digest: str) -> str:
    """The eight words of a digest, with spaces."""
    return " ".join(words.words_of(digest))


@dataclass(frozen=True)
class ShownSeal:
    """A head on paper: its day and words; `url`: where this reader can compare them."""

    day: date
    words: str
    url: str = ""


def seal_for(reader: Member, day: date | None, digest: str) -> ShownSeal | None:
    """The head that something printed has, if it has one; at most one query."""
    if day is None:
        return None
    may = rules.reading(reader) is None
    return ShownSeal(day, spoken(digest), at(reader.agency, "evidence:record") if may else "")


@dataclass(frozen=True)
class WordsCompared:
    """What comparing words says; `fits`: None if no day has them."""

    fits: bool | None
    text: str


@dataclass(frozen=True)
class RecordPage:
    """Whether the record is whole; `found` and `more`: the first findings, and how many others.

    `since` is the day on which that was first found, `began` the first day sealed; `is_old`: the
    last proof is from so long ago that it says nothing on today.
    """

    began: date | None
    seal: ShownSeal | None
    checked: datetime | None
    is_old: bool
    whole_on: date | None
    since: date | None
    found: Sequence[str]
    more: int
    kinds: Sequence[tuple[str, int]]
    records: int
    destroyed: int
    retold: int
    late: int


def page_of_record(agency: Agency) -> RecordPage:
    """Six queries."""
    proof, head = RecordProof.objects.within(agency).first(), newest(agency)
    first = RecordHead.objects.within(agency).order_by("day").values_list("day", flat=True).first()
    sealed = SealedRecord.objects.within(agency).exclude(kind="removal").order_by()
    counts = dict(sealed.values_list("kind").annotate(count=Count("pk")))
    removed = SealRemoval.objects.within(agency).aggregate(
        destroyed=Count("pk", filter=Q(reason=RemovalReason.SCHEDULE)),
        retold=Count("pk", filter=Q(reason=RemovalReason.WORDS)),
    )
    late = RecordHead.objects.within(agency).aggregate(late=Sum("late"))["late"]
    found = [] if proof is None else [_told(*each) for each in proof.findings]
    return RecordPage(
        began=first,
        seal=None if head is None else ShownSeal(head.day, spoken(head.digest)),
        checked=None if proof is None else proof.at,
        is_old=proof is not None and agency.today() - proof.on > LATE.span,
        whole_on=None if proof is None else proof.whole_on,
        since=None if proof is None else proof.since,
        found=found,
        more=0 if proof is None else proof.count - len(found),
        kinds=[(str(each.title), counts[code]) for code, each in KINDS.items() if code in counts],
        records=sum(counts.values()),
        destroyed=removed["destroyed"],
        retold=removed["retold"],
        late=late or 0,
    )


def _told(code: str, kind: str, number: int | None, day: str) -> str:
    """A finding in words: the day, the record, and what does not fit."""
    told = {
        "day": date_format(date.fromisoformat(day), "F j, Y"),
        "kind": KINDS[kind].title if kind in KINDS else "",
        "number": number,
        "words": FINDING_WORDS[code],
    }
    if number is not None:
        return _("%(day)s, %(kind)s, record %(number)s: %(words)s") % told
    if kind in KINDS:
        return _("%(day)s, %(kind)s: %(words)s") % told
    return _("%(day)s: %(words)s") % told


def compared(agency: Agency, said: Sequence[str]) -> WordsCompared:
    """Whether a day has these words, and whether everything before it still fits; two queries."""
    head = of_words(agency, said)
    if head is None:
        return WordsCompared(
            None,
            _(
                "No day of this record has these words. Look at the paper again. If they are "
                "right, somebody wrote the record anew after the paper was printed. Keep the "
                "paper, and tell the committee and whoever runs the portal."
            ),
        )
    day = {"day": date_format(head.day, "F j, Y")}
    proof = RecordProof.objects.within(agency).first()
    findings = [] if proof is None else proof.findings
    if any(date.fromisoformat(each[3]) <= head.day for each in findings):
        return WordsCompared(
            False,
            _(
                "These are the words of %(day)s. But something from before that day does not fit. "
                "Read above what it is."
            )
            % day,
        )
    return WordsCompared(
        True,
        _("These are the words of %(day)s. Nobody has changed what the record said up to that day.")
        % day,
    )
