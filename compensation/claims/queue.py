"""What waits for an approver or a payer: one row for each member and destination."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.anybody import anybody
from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, ClaimQuerySet
from compensation.offers.models import Organization
from foundation import keys, prepared
from foundation.models import Agency
from foundation.paging import PER_PAGE
from groups.models import Group

# A member, and the organization that they donate to, by key.
type Destination = tuple[int, int | None]
# The lines of a queue as a reader sees them, each with `own`: somebody else decides on it.
type Lines = Callable[[Member], ClaimQuerySet]
ZERO = Decimal(0)
ABLE = Q(own=False)


@dataclass(frozen=True)
class Wanted:
    """What a queue is narrowed to; empty values leave everything in it."""

    name: str = ""
    kind: str = ""
    group: int | None = None
    late: bool = False


@dataclass(frozen=True)
class QueueTotals:
    """Totals of a whole queue, however many pages it has; `able_`: what the reader may decide."""

    people: int
    lines: int
    amount: Decimal
    able_people: int
    able_lines: int
    able_amount: Decimal


@dataclass(frozen=True)
class Payee:
    """A member and where their money goes.

    `able` are the lines that the reader may decide, `others` those that somebody else decides.
    """

    member: Member
    organization: Organization | None
    able: tuple[Claim, ...]
    others: tuple[Claim, ...]

    @property
    def destination(self) -> Destination:
        return self.member.pk, self.organization.pk if self.organization else None

    @property
    def lines(self) -> tuple[Claim, ...]:
        return (*self.able, *self.others)

    @property
    def amount(self) -> Decimal:
        """What the reader may decide; what others do if there is nothing."""
        return sum((line.amount for line in self.able or self.others), ZERO)

    @property
    def oldest(self) -> date:
        return min(line.service_on for line in self.lines)

    @property
    def due(self) -> date:
        return min(line.due_on for line in self.lines)


def with_own(claims: ClaimQuerySet, others: Q | None) -> ClaimQuerySet:
    """Annotate `own`: lines for which `others` holds; all of them without a condition."""
    if others is None:
        return claims.annotate(own=Value(True))
    own = Case(When(others, then=Value(True)), default=Value(False), output_field=BooleanField())
    return claims.annotate(own=own)


def narrowed(claims: ClaimQuerySet, wanted: Wanted, today: date) -> ClaimQuerySet:
    """The lines wanted; `late` keeps all lines of people with one past its day."""
    if wanted.name:
        named = Q(member__full_name__icontains=wanted.name)
        claims = claims.filter(named | Q(member__shown_name__icontains=wanted.name))
    if wanted.kind:
        claims = claims.filter(kind=wanted.kind)
    if wanted.group is not None:
        claims = claims.filter(attendance__meeting__group=wanted.group)
    if wanted.late:
        told = claims.annotate(to=_to())
        same = told.filter(member=OuterRef("member"), to=OuterRef("to"), due_on__lt=today)
        return told.filter(Exists(same))
    return claims


def _to() -> Coalesce:
    return Coalesce(F("donate_to"), Value(0), output_field=BigIntegerField())


def totals(claims: ClaimQuerySet) -> QueueTotals:
    """One query."""
    payee = Func(F("member"), _to(), function="ROW", output_field=TextField())
    found = claims.order_by().aggregate(
        people=Count(payee, distinct=True),
        lines=Count("pk"),
        sum=Sum("amount", default=ZERO),
        able_people=Count(payee, distinct=True, filter=ABLE),
        able_lines=Count("pk", filter=ABLE),
        able_sum=Sum("amount", filter=ABLE, default=ZERO),
    )
    return QueueTotals(amount=found.pop("sum"), able_amount=found.pop("able_sum"), **found)


def page_of(claims: ClaimQuerySet, people: int, asked: str | None) -> Page[Payee]:
    """A page of the queue: those with a line to decide first, then by their first due day.

    Two queries.
    """
    pages: Paginator[Any] = Paginator(range(people), PER_PAGE)
    page: Page[Payee] = pages.get_page(asked)
    rows = (
        claims.order_by()
        .values_list("member", "donate_to")
        .annotate(able=Count("pk", filter=ABLE), due=Min("due_on"), name=F("member__full_name"))
        .annotate(none=Case(When(able=0, then=Value(1)), default=Value(0)))
        .order_by("none", "due", "name", "member", "donate_to")
        .values_list("member", "donate_to")
    )
    wanted: list[Destination] = list(
        rows[page.start_index() - 1 : page.end_index()] if people else ()
    )
    page.object_list = payees(claims.filter(member__in={member for member, _to in wanted}), wanted)
    return page


def payees(claims: ClaimQuerySet, wanted: Iterable[Destination]) -> list[Payee]:
    """These payees with their lines, in this order; one query."""
    lines: dict[Destination, list[Claim]] = {each: [] for each in wanted}
    for claim in listed(claims):
        if (key := (claim.member_id, claim.donate_to_id)) in lines:
            lines[key].append(claim)
    return [_payee(found) for found in lines.values() if found]


def by_name(claims: ClaimQuerySet) -> ClaimQuerySet:
    """By payee and name, as databases sort: the order of checks to write, and of the file."""
    to = F("donate_to").asc(nulls_first=True)
    return claims.select_related("member", "donate_to").order_by(
        "member__full_name", "member", to, "pk"
    )


def together(claims: Iterable[Claim]) -> list[Payee]:
    """The payees of these lines in their order; no query."""
    lines: dict[Destination, list[Claim]] = defaultdict(list)
    for claim in claims:
        lines[claim.member_id, claim.donate_to_id].append(claim)
    return [_payee(each) for each in lines.values()]


def _payee(lines: list[Claim]) -> Payee:
    able = tuple(line for line in lines if not line.own)  # type: ignore[attr-defined]
    others = tuple(line for line in lines if line not in able)
    return Payee(lines[0].member, lines[0].donate_to, able, others)


def listed(claims: ClaimQuerySet) -> ClaimQuerySet:
    related = claims.select_related("member", "attendance__meeting", "donate_to")
    return related.order_by(F("own"), "due_on", "pk")


def deductible(
    agency: Agency, members: Iterable[int], payer: Member | None = None
) -> Mapping[Destination, Decimal]:
    """By destination, what payments to these members, by key, deduct at most; one query.

    `payer`: their payments leave corrections that they approved or wrote down to another payer.
    """
    waiting = Claim.objects.within(agency).to_set_off().filter(member__in=set(members))
    if payer is not None:
        waiting = waiting.exclude(approved_by=payer).exclude(entered_by=payer)
    standing = Q(set_offs__payment__reversed_on=None)
    left = (
        waiting.order_by()
        .values_list("member", "donate_to", "amount")
        .annotate(key=F("pk"), taken=Sum("set_offs__amount", filter=standing, default=ZERO))
    )
    sums: dict[Destination, Decimal] = defaultdict(Decimal)
    for member, organization, amount, _key, taken in left:
        sums[member, organization] += -amount - taken
    return sums


def deducted(payee: Payee, most: Decimal) -> Decimal:
    """What a payment of these lines deducts: costs are repaid in full."""
    earned = sum((line.amount for line in payee.able if line.for_time), ZERO)
    return max(min(most, earned), ZERO)


@dataclass(frozen=True)
class PayeeSum:
    """A payee's sum, without their lines."""

    place: tuple[str, int, int]
    organization: str
    lines: int
    due: date
    worth: Decimal
    for_time: Decimal

    @property
    def destination(self) -> Destination:
        _name, member, organization = self.place
        return member, organization or None


def sums_after(
    claims: ClaimQuerySet, place: tuple[str, int, int] | None, most: int
) -> list[PayeeSum]:
    """The sums of the next payees by name, after a place; one query."""
    named = claims.order_by().annotate(to=_to())
    if place is not None:
        name, member, to = place
        later = Q(member__full_name__gt=name) | Q(member__full_name=name, member__gt=member)
        named = named.filter(later | Q(member__full_name=name, member=member, to__gt=to))
    time = ~Q(kind=ClaimKind.REIMBURSEMENT)
    rows = (
        named.values_list("member__full_name", "member", "to", "donate_to__name")
        .annotate(
            n=Count("pk"),
            due=Min("due_on"),
            worth=Sum("amount"),
            paid_for_time=Sum("amount", filter=time, default=ZERO),
        )
        .order_by("member__full_name", "member", "to")[:most]
    )
    return [
        PayeeSum((name, member, to), organization or "", *rest)
        for name, member, to, organization, *rest in rows
    ]


def groups_of(claims: ClaimQuerySet, reader: Member, on: date) -> list[Group]:
    """The groups with a line in the queue that the reader may know of; one query."""
    here = Group.objects.within(reader.agency).visible_to(reader, on)
    return list(here.filter(pk__in=claims.order_by().values("attendance__meeting__group")))


def code_of(destination: Destination) -> str:
    """What a form calls this payee."""
    member, organization = destination
    code = keys.code(keys.kind_of(Member), member)
    if organization is None:
        return code
    return f"{code}.{keys.code(keys.kind_of(Organization), organization)}"


@dataclass(frozen=True)
class Totals:
    """How many lines, and what they come to."""

    lines: int
    amount: Decimal


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
