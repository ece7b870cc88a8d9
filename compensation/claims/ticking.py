"""Lines ticked across the pages of a queue, and reviewed person by person before a decision."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError

from accounts import access
from accounts.models import Member
from compensation.claims.forms import LinesForm, QueueForm, kept
from compensation.claims.models import Claim
from compensation.claims.queue import (
    ABLE,
    ZERO,
    Destination,
    Lines,
    Queue,
    code_of,
    deducted,
    deductible,
    groups_of,
    together,
)
from compensation.claims.reading import stamps_of
from compensation.claims.rules import CHANGED
from foundation.http import AgencyRequest
from foundation.refusals import Refused

# In a form: whatever was not seen yet is not ticked.
OFF = "off"


@dataclass(frozen=True)
class PayeeShare:
    """The part of the ticked lines for one member, or for the organization they donate to."""

    code: str
    destination: Destination
    member: Member
    organization: str
    lines: int
    worth: Decimal
    deducted: Decimal

    @property
    def amount(self) -> Decimal:
        return self.worth - self.deducted


@dataclass(frozen=True)
class TickedReview:
    """The ticked lines of all pages, person by person; `kept`: the ticks, passed on."""

    kept: str
    shares: list[PayeeShare]

    @property
    def lines(self) -> int:
        return sum(share.lines for share in self.shares)

    @property
    def amount(self) -> Decimal:
        return sum((share.amount for share in self.shares), ZERO)

    @property
    def deducted(self) -> Decimal:
        return sum((share.deducted for share in self.shares), ZERO)


def opened(request: AgencyRequest, listing: Lines) -> tuple[Queue, QueueForm]:
    """The queue that the address asks for, and the fields to narrow it; one query for groups."""
    whole = Queue(listing, request.member)
    form = QueueForm(request.GET, groups=groups_of(whole))
    return replace(whole, wanted=form.wanted), form


def ticked(request: AgencyRequest, queue: Queue, most: int | None = None) -> LinesForm:
    """What is ticked: bound if a step was asked for, else just shown again.

    `most`: how many people the review can take.
    """
    made = partial(LinesForm, lines=queue.lines.filter(ABLE), reader=queue.reader, most=most)
    sent, step = request.POST, request.POST.get("step", "")
    if request.method == "POST" and step == "all":
        everything = {"submission": sent.get("submission", ""), "kept": _all(queue)}
        return made(everything)
    if request.method == "POST" and not {"go", "choose"} & sent.keys() and step != "back":
        return made(sent)
    form = made()
    form.data = sent
    match sent.get("choose"):
        case "all":
            form.data = {"kept": _all(queue)}
        case "none":
            form.data = {"rest": OFF}
        case "page":
            form.tick_all_shown()
        case _:
            pass
    return form


def again(request: AgencyRequest, queue: Queue, most: int | None = None) -> LinesForm:
    """The same ticks, after something changed between looking and recording: what, is told."""
    form = ticked(request, queue, most)
    if form.is_valid():
        form.add_error("claims", CHANGED)
    return form


@contextmanager
def unless_changed() -> Iterator[None]:
    """Whatever somebody else decided at the last moment is told, like all that has changed."""
    try:
        yield
    except Refused as refused:
        raise ValidationError({"claims": CHANGED}) from refused


def _all(queue: Queue) -> str:
    lines: list[Claim] = list(queue.narrowed.filter(ABLE))
    less = deductible(queue.reader.agency, {each.member_id for each in lines}, queue.reader)
    return kept(stamps_of(lines, less))


def review_of(form: LinesForm, *, less: Mapping[Destination, Decimal]) -> TickedReview:
    """Review the ticked lines that wait; whose data the reader saw is logged.

    `less`: what is deducted now, if these are to be paid.
    """
    payees = together(form.found)
    access.log_all(by=form.reader, about=[each.member for each in payees], what="payments")
    return TickedReview(
        kept=kept(form.now),
        shares=[
            PayeeShare(
                code=code_of(each.destination),
                destination=each.destination,
                member=each.member,
                organization=each.organization.name if each.organization else "",
                lines=len(each.lines),
                worth=each.amount,
                deducted=deducted(each, less.get(each.destination, ZERO)),
            )
            for each in payees
        ],
    )


def asked_page(request: AgencyRequest) -> str | None:
    """The page of the queue to show: the next one, the one that was shown, or the address's."""
    sent = request.POST
    return sent.get("go") or sent.get("page") or request.GET.get("page")
