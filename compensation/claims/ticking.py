"""Lines ticked across the pages of a list and reviewed person by person, to approve or pay."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum, Value

from accounts import access
from accounts.anybody import anybody
from accounts.models import Member
from compensation.claims.forms import UNTICKED, LinesForm, kept
from compensation.claims.models import Claim, ClaimQuerySet
from compensation.claims.reading import set_off_of, stamps_of
from foundation import prepared
from foundation.http import AgencyRequest

PER_PAGE = 50
ZERO = Decimal(0)


@dataclass(frozen=True)
class TickableClaim:
    """A line of the list, whether the reader may tick it or why not, and its stamp."""

    claim: Claim
    tick: bool
    stamp: str
    set_off: Decimal
    left: bool


@dataclass(frozen=True)
class PayeeShare:
    """The part of the ticked lines for one member, or for the organization they donate to."""

    name: str
    organization: str
    lines: int
    worth: Decimal
    set_off: Decimal

    @property
    def amount(self) -> Decimal:
        return self.worth - self.set_off


@dataclass(frozen=True)
class Totals:
    """Totals of a whole list, however many pages it has."""

    lines: int
    amount: Decimal


# A list of lines for a reader, from a module's function.
type Lines = Callable[[Member], ClaimQuerySet]


def totals_of(reader: Member, *lists: Lines) -> list[Totals]:
    """The totals of each of these lists, whose queries depend on no policy; one query."""
    anyone = anybody(reader, reader.agency.today(), ruled=False)

    def build() -> QuerySet[Claim, tuple[int, int, Decimal]]:
        first, *rest = (_sums(place, each(anyone.member)) for place, each in enumerate(lists))
        return first.union(*rest, all=True)

    kept = prepared.prepared(("totals", *lists, *anyone.key), build, anyone.stand_ins)
    found = {place: Totals(lines, amount) for place, lines, amount in kept.tuples(anyone.values)}
    return [found.get(place, Totals(0, ZERO)) for place, _each in enumerate(lists)]


def _sums(place: int, claims: ClaimQuerySet) -> QuerySet[Claim, tuple[int, int, Decimal]]:
    sums = claims.order_by().values("agency").annotate(lines=Count("pk"), sum=Sum("amount"))
    return sums.annotate(place=Value(place)).values_list("place", "lines", "sum")


def rows_of(
    page: Iterable[Claim], reader: Member, may: Callable[[Claim], bool]
) -> list[TickableClaim]:
    lines, today = list(page), reader.agency.today()
    less = set_off_of(lines)
    stamps = stamps_of(lines, less)
    return [
        TickableClaim(
            claim=line,
            tick=may(line),
            stamp=stamps[line.pk],
            set_off=less.get((line.member_id, line.donate_to_id), ZERO),
            left=line.member.until is not None and line.member.until <= today,
        )
        for line in lines
    ]


def _shares(claims: ClaimQuerySet, ticked: Iterable[int]) -> list[PayeeShare]:
    rows = list(
        claims.filter(pk__in=list(ticked))
        .order_by("member__full_name", "member", "donate_to")
        .values("member", "member__full_name", "donate_to", "donate_to__name")
        .annotate(lines=Count("pk"), worth=Sum("amount"))
    )
    waiting = Claim.objects.within(claims.agency).to_set_off()  # type: ignore[arg-type]
    less = set_off_of(waiting.filter(member__in=[row["member"] for row in rows]))
    return [
        PayeeShare(
            name=row["member__full_name"],
            organization=row["donate_to__name"] or "",
            lines=row["lines"],
            worth=row["worth"],
            set_off=min(less.get((row["member"], row["donate_to"]), ZERO), row["worth"]),
        )
        for row in rows
    ]


def page_of(request: AgencyRequest, listing: Lines, total: Totals) -> Page[Claim]:
    """The page of a list of which the totals are known; its query depends on no policy."""
    sent = request.POST
    asked = sent.get("go") or sent.get("page") or request.GET.get("page")
    pages: Paginator[Any] = Paginator(range(total.lines), PER_PAGE)
    page: Page[Claim] = pages.get_page(asked)
    page.object_list = (
        _first(listing, request.member)
        if page.number == 1
        else listing(request.member)[page.start_index() - 1 : page.end_index()]
    )
    return page


def _first(listing: Lines, reader: Member) -> list[Claim]:
    anyone = anybody(reader, reader.agency.today(), ruled=False)
    asked = prepared.prepared(
        ("first lines", listing, *anyone.key),
        lambda: listing(anyone.member)[:PER_PAGE],
        anyone.stand_ins,
    )
    found: list[Claim] = asked.models(anyone.values)
    for claim in found:
        claim.agency = reader.agency
    return found


def listed(claims: ClaimQuerySet) -> ClaimQuerySet:
    related = claims.select_related("member", "attendance__meeting", "donate_to")
    return related.order_by("due_on", "pk")


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


def review_of(sent: LinesForm, claims: ClaimQuerySet, reader: Member) -> TickedReview:
    """Review the ticked lines; whose data the reader saw is logged."""
    ticked = [key for key, stamp in sent.stamps.items() if stamp != UNTICKED]
    shares = _shares(claims, ticked)
    about = Member.objects.within(reader.agency).filter(
        pk__in=claims.filter(pk__in=ticked).order_by().values("member")
    )
    access.log_all(by=reader, about=about, what="payments")
    return TickedReview(kept=sent.keep(), shares=shares)


def asked_to_review(request: AgencyRequest, claims: ClaimQuerySet) -> LinesForm | None:
    """The ticks of all pages, or the whole list; None if no review was requested."""
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in {"review", "all"}:
        return None
    if step == "review":
        return LinesForm(request.POST, lines=listed(claims))
    everything = {
        "submission": request.POST.get("submission", ""),
        "kept": kept(stamps_of(claims)),
    }
    return LinesForm(everything, lines=listed(claims))
