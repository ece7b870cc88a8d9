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
    DecimalField,
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
        claims = claims.filter(
            Q(attendance__meeting__group=wanted.group) | Q(other_work__group=wanted.group)
        )
    if wanted.late:
        told = claims.annotate(to=_to())
        same = told.filter(member=OuterRef("member"), to=OuterRef("to"), due_on__lt=today)
        return told.filter(Exists(same))
    return claims


def _to() -> Coalesce:
    return Coalesce(F("donate_to"), Value(0), output_field=BigIntegerField())


@dataclass(frozen=True)
class Queue:
    """A list of lines for a reader, narrowed to what they want.

    Queries over the whole list are kept: it depends on no policy.
    """

    listing: Lines
    reader: Member
    wanted: Wanted = Wanted()

    @property
    def lines(self) -> ClaimQuerySet:
        return self.listing(self.reader)

    @property
    def narrows(self) -> bool:
        return self.wanted != Wanted()

    @property
    def narrowed(self) -> ClaimQuerySet:
        return narrowed(self.lines, self.wanted, self.reader.agency.today())

    def kept(
        self, what: str, build: Callable[[Member, ClaimQuerySet], QuerySet[Any, Any]]
    ) -> tuple[prepared.Prepared, dict[str, Any]]:
        """The query that `build` makes of the whole list, and the values of a run."""
        anyone = anybody(self.reader, self.reader.agency.today(), ruled=False)
        found = prepared.prepared(
            (what, self.listing, *anyone.key),
            lambda: build(anyone.member, self.listing(anyone.member)),
            {**anyone.stand_ins, prepared.KEYS: "keys"},
        )
        return found, anyone.values


def totals(queue: Queue) -> QueueTotals:
    """One query."""
    if queue.narrows:
        found = list(_counted(queue.reader, queue.narrowed))
    else:
        kept, values = queue.kept("totals of a queue", _counted)
        found = kept.tuples(values)
    return QueueTotals(*found[0]) if found else QueueTotals(0, 0, ZERO, 0, 0, ZERO)


def _counted(_reader: Member, claims: ClaimQuerySet) -> QuerySet[Any, Any]:
    payee = Func(F("member"), _to(), function="ROW", output_field=TextField())
    sums = (
        claims.order_by()
        .values("agency")
        .annotate(
            people=Count(payee, distinct=True),
            n=Count("pk"),
            sum=Sum("amount"),
            able_people=Count(payee, distinct=True, filter=ABLE),
            able_n=Count("pk", filter=ABLE),
            able_sum=Coalesce(Sum("amount", filter=ABLE), Value(ZERO), output_field=DecimalField()),
        )
    )
    return sums.values_list("people", "n", "sum", "able_people", "able_n", "able_sum")


def page_of(queue: Queue, people: int, asked: str | None) -> Page[Payee]:
    """A page of the queue: those with a line to decide first, then by their first due day.

    Two queries.
    """
    pages: Paginator[Any] = Paginator(range(people), PER_PAGE)
    page: Page[Payee] = pages.get_page(asked)
    if page.number == 1 and not queue.narrows:
        kept, values = queue.kept("first payees", _first_payees)
        wanted: list[Destination] = [(member, to) for member, to in kept.tuples(values)]
    else:
        part = slice(max(page.start_index() - 1, 0), page.end_index())
        wanted = list(_payees(queue.reader, queue.narrowed)[part])
    page.object_list = payees(queue, wanted)
    return page


def _first_payees(reader: Member, claims: ClaimQuerySet) -> QuerySet[Any, Any]:
    return _payees(reader, claims)[:PER_PAGE]


def _payees(_reader: Member, claims: ClaimQuerySet) -> QuerySet[Any, Any]:
    return (
        claims.order_by()
        .values_list("member", "donate_to")
        .annotate(able=Count("pk", filter=ABLE), due=Min("due_on"), name=F("member__full_name"))
        .annotate(none=Case(When(able=0, then=Value(1)), default=Value(0)))
        .order_by("none", "due", "name", "member", "donate_to")
        .values_list("member", "donate_to")
    )


def payees(queue: Queue, wanted: Iterable[Destination]) -> list[Payee]:
    """These payees with their lines, in this order; one query."""
    lines: dict[Destination, list[Claim]] = {each: [] for each in wanted}
    members = {member for member, _to in lines}
    if queue.narrows:
        found: Iterable[Claim] = listed(queue.narrowed.filter(member__in=members))
    else:
        kept, values = queue.kept("lines of payees", _lines)
        found = kept.models({**values, "keys": [*members]})
    for claim in found:
        claim.agency = queue.reader.agency
        if (key := (claim.member_id, claim.donate_to_id)) in lines:
            lines[key].append(claim)
    return [_payee(found) for found in lines.values() if found]


def _lines(_reader: Member, claims: ClaimQuerySet) -> ClaimQuerySet:
    return listed(claims.filter(prepared.one_of_keys("member_id")))


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
    # The query set has annotated `own`, which the model's type does not know.
    able = tuple(line for line in lines if not line.own)  # type: ignore[attr-defined]
    others = tuple(line for line in lines if line not in able)
    return Payee(lines[0].member, lines[0].donate_to, able, others)


def listed(claims: ClaimQuerySet) -> ClaimQuerySet:
    related = claims.select_related("member", "attendance__meeting", "donate_to", "plan", "rule")
    return related.order_by(F("own"), "due_on", "pk")


def deductible(
    agency: Agency, members: Iterable[int], payer: Member | None = None
) -> Mapping[Destination, Decimal]:
    """By destination, what payments to these members, by key, deduct at most; one query.

    `payer`: their payments leave corrections that they approved or wrote down to another payer.
    """
    values = {"agency": agency.pk, "row": payer.pk if payer else 0, "keys": [*set(members)]}
    sums: dict[Destination, Decimal] = defaultdict(Decimal)
    for member, organization, amount, _key, taken in prepared.of_agency(_to_deduct).tuples(values):
        sums[member, organization] += -amount - (taken or ZERO)
    return sums


def _to_deduct(agency: Agency) -> QuerySet[Any, Any]:
    mine = Q(approved_by=prepared.ROW) | Q(entered_by=prepared.ROW)
    waiting = with_own(Claim.objects.within(agency).to_set_off(), mine).filter(ABLE)
    standing = Q(set_offs__payment__reversed_on=None)
    return (
        waiting.filter(prepared.one_of_keys("member_id"))
        .order_by()
        .values_list("member", "donate_to", "amount")
        .annotate(key=F("pk"), taken=Sum("set_offs__amount", filter=standing))
    )


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


def groups_of(queue: Queue) -> list[Group]:
    """The groups with a line in the whole queue that the reader may know of; one query."""
    kept, values = queue.kept("groups of a queue", _groups)
    found: list[Group] = kept.models(values)
    return found


def _groups(reader: Member, claims: ClaimQuerySet) -> QuerySet[Any, Any]:
    here = Group.objects.within(reader.agency).visible_to(reader, reader.agency.today())
    lines = claims.order_by()
    return here.filter(
        Q(pk__in=lines.values("attendance__meeting__group"))
        | Q(pk__in=lines.values("other_work__group"))
    )


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
