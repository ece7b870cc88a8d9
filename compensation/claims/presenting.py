"""Presenter of a queue: a row for each person, with their lines to look into."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Page
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.forms import UNTICKED, LinesForm, kept
from compensation.claims.models import Claim, ClaimKind
from compensation.claims.queue import ZERO, Destination, Payee, code_of, deducted
from compensation.claims.reading import stamps_of
from compensation.claims.ticking import OFF
from compensation.claims.words import at_rate, cut
from compensation.plan.models import RateBasis
from compensation.policies import mile_words
from foundation.addresses import at
from foundation.keys import code_of as code_of_row
from foundation.presenting import PageLink, written
from foundation.templatetags.components import dollars

# Lines of one person that a page draws beside others, and with nobody beside them.
FEW, MANY = 20, 500
NONE: Mapping[Destination, str] = {}


@dataclass(frozen=True)
class LineRow:
    """A line of a person: what it is for, its box if there is one, and what else can be done."""

    code: str
    amount: str
    words: str
    box: bool
    ticked: bool
    hint: str
    acts: Sequence[PageLink]


@dataclass(frozen=True)
class PayeeRow:
    """A person with the sum of their lines.

    `facts` stand in one sentence each; `late` is empty if nothing is. `alone`: the only line, drawn
    without a box of its own. `rest` says what is not drawn. `stamps` is what the box agrees to.
    """

    code: str
    name: str
    amount: str
    organization: str
    late: str
    facts: Sequence[str]
    box: bool
    ticked: bool
    opened: bool
    alone: LineRow | None
    lines: Sequence[LineRow]
    rest: str
    stamps: str

    @property
    def summary(self) -> str:
        n = len(self.lines)
        return ngettext("Show %(n)d line", "Show %(n)d lines", n) % {"n": n}


@dataclass(frozen=True)
class QueueShown:
    """A page of a queue, and the ticks of its other pages."""

    rows: Sequence[PayeeRow]
    kept: str
    elsewhere: int
    rest: str


# Links beside a line, which the reader may decide or not.
type Acts = Callable[[Claim, bool], Iterator[PageLink]]


@dataclass(frozen=True)
class QueueWords:
    """What differs between approving and paying: links on a line, and why one has no box."""

    acts: Acts
    not_yours: str


def shown(
    page: Page[Payee],
    form: LinesForm,
    less: Mapping[Destination, Decimal],
    words: QueueWords,
    *,
    today: date,
    methods: Mapping[Destination, str] = NONE,
) -> QueueShown:
    """The page; no query.

    `less`: what will be deducted; `methods`: how people were paid the last time.
    """
    most = MANY if len(page.object_list) == 1 else FEW
    rows, here = [], set[int]()
    for payee in page:
        here |= {line.pk for line in payee.able}
        facts = [*_facts(payee, less, methods, today)]
        rows.append(_row(payee, form, words, facts, less, today, most))
    others = {key: stamp for key, stamp in form.stamps.items() if key not in here}
    elsewhere = sum(stamp != UNTICKED for stamp in others.values())
    return QueueShown(rows, kept(others), elsewhere, form.data.get("rest", ""))


def _row(
    payee: Payee,
    form: LinesForm,
    words: QueueWords,
    facts: Sequence[str],
    less: Mapping[Destination, Decimal],
    today: date,
    most: int,
) -> PayeeRow:
    known, off = form.stamps, form.data.get("rest") == OFF
    able = payee.able
    unticked = {line.pk for line in able if known.get(line.pk, UNTICKED if off else "") == UNTICKED}
    ticked = len(unticked) < len(able)
    # Ticking the person again is ticking all of their lines.
    off_lines = unticked if ticked else set[int]()
    drawn = [
        _line(line, words, today, box=line in able, ticked=line.pk not in off_lines)
        for line in payee.lines
    ]
    alone = drawn[0] if len(drawn) == 1 else None
    lines = [] if alone else drawn[:most]
    boxed = {line.code for line in lines}
    stamps = stamps_of(able, less)
    left = len(drawn) - len(lines) if lines else 0
    rest = _(
        "%(n)d more lines are not shown here. They go with this person’s box. To choose among "
        "them, search for the name."
    )
    return PayeeRow(
        code=code_of(payee.destination),
        name=payee.member.full_name,
        amount=dollars(payee.amount),
        organization=payee.organization.name if payee.organization else "",
        late=_("Late since %(day)s") % {"day": written(payee.due)} if payee.due < today else "",
        facts=facts,
        box=bool(able),
        ticked=ticked,
        opened=bool(off_lines),
        alone=alone,
        lines=lines,
        rest=rest % {"n": left} if left else "",
        stamps=kept(
            {
                line.pk: stamps[line.pk] if code_of_row(line) in boxed else f"*{stamps[line.pk]}"
                for line in able
            }
        ),
    )


def _facts(
    payee: Payee,
    less: Mapping[Destination, Decimal],
    methods: Mapping[Destination, str],
    today: date,
) -> Iterator[str]:
    n = len(payee.lines)
    if n > 1:
        said = ngettext("%(n)d line", "%(n)d lines, the oldest of %(day)s", n)
        yield said % {"n": n, "day": written(payee.oldest)}
    if payee.able and (taken := deducted(payee, less.get(payee.destination, ZERO))):
        yield _("%(amount)s will be deducted for a correction") % {"amount": dollars(taken)}
    others = len(payee.others)
    if payee.able and others:
        said = ngettext(
            "%(n)d of them is somebody else’s to decide",
            "%(n)d of them are somebody else’s to decide",
            others,
        )
        yield said % {"n": others}
    if how := methods.get(payee.destination):
        yield _("last paid by %(how)s") % {"how": how.lower()}
    if payee.member.until is not None and payee.member.until <= today:
        yield _("has left the program")


def _line(line: Claim, words: QueueWords, today: date, *, box: bool, ticked: bool) -> LineRow:
    due = _("was due %(day)s") if line.due_on < today else _("due %(day)s")
    said = [*_said(line), due % {"day": written(line.due_on)}]
    return LineRow(
        code=code_of_row(line),
        amount=dollars(line.amount),
        words=" · ".join(said),
        box=box,
        ticked=ticked,
        hint="" if box else words.not_yours,
        acts=[*_receipt(line), *words.acts(line, box)],
    )


def _said(line: Claim) -> Iterator[str]:
    """What the line is for, then whatever else an approver has to know."""
    known = {
        "kind": line.get_cost_display(),
        "what": line.what_for,
        "day": written(line.service_on),
        "hours": floatformat(line.hours_apart, "-2"),
        "rate": line.rate,
    }
    if line.kind == ClaimKind.REIMBURSEMENT:
        yield from _cost(line, known)
    elif line.kind == ClaimKind.PAY:
        yield at_rate(line)
    else:
        yield _corrected(line) % known
    if line.amount < 0:
        yield _("It is set off against what comes next")
    if said := cut(line):
        yield said


def _cost(line: Claim, known: Mapping[str, object]) -> Iterator[str]:
    if line.miles is not None and line.per_mile is not None:
        said = _("%(miles)s miles at %(rate)s a mile: %(what)s, %(day)s")
        miles = floatformat(line.miles, "-1")
        yield said % {**known, "miles": miles, "rate": mile_words(line.per_mile)}
    elif line.in_advance:
        yield _("in advance, for the meeting of %(day)s: %(kind)s, %(what)s") % known
    elif line.settles_id is not None:
        said = _("more than the advance for %(day)s: %(what)s")
        if line.amount < 0:
            said = _("left over from the advance for %(day)s: %(what)s")
        yield said % known
    else:
        said = _("%(kind)s: %(what)s, %(day)s") if line.cost else _("%(what)s, %(day)s")
        yield said % known
    if line.no_receipt:
        yield _("no receipt: %(why)s") % {"why": line.no_receipt}


def _receipt(line: Claim) -> Iterator[PageLink]:
    if line.has_receipt:
        about = f"{line.member.full_name}, {line.what_for}"
        yield PageLink(
            _("See the receipt"), at(line.agency, "compensation:receipt", pk=line.pk), about
        )


def _corrected(line: Claim) -> str:
    by_hour = line.rule is None or line.rule.basis == RateBasis.HOUR
    if not line.hours or not by_hour:
        if line.rule is not None:
            return _("Correction of what was approved, %(day)s")
        return _("Correction of what was approved: the day’s limit, %(day)s")
    if line.hours < 0:
        return _("Correction of what was approved: %(hours)s hours less at $%(rate)s, %(day)s")
    return _("Correction of what was approved: %(hours)s hours more at $%(rate)s, %(day)s")


def deciding(line: Claim, able: bool) -> Iterator[PageLink]:
    """Costs go back with a question or are refused; downward corrections are dropped."""
    about = f"{line.member.full_name}, {line.what_for or dollars(line.amount)}"
    refuse = at(line.agency, "compensation:refuse", pk=line.pk)
    if able and line.kind == ClaimKind.REIMBURSEMENT and line.amount > 0:
        back = at(line.agency, "compensation:send_back", pk=line.pk)
        yield PageLink(_("Send it back with a question"), back, about)
        yield PageLink(_("Don’t approve it"), refuse, about)
    if able and line.amount < 0:
        yield PageLink(_("Let it go"), refuse, about)


def undoing(line: Claim, able: bool) -> Iterator[PageLink]:
    """An approval can be taken back until the line is paid."""
    undo = at(line.agency, "compensation:undo_approval", pk=line.pk)
    about = f"{line.member.full_name}, {dollars(line.amount)}"
    yield PageLink(_("Take the approval back"), undo, about)


def no_acts(line: Claim, able: bool) -> Iterator[PageLink]:
    yield from ()


@dataclass(frozen=True)
class TurnDownPart:
    """Which of the ticked lines can be sent back or refused, in words, and why the others not."""

    able: Sequence[Claim]
    words: Sequence[str]
    left_out: Sequence[str]


def turned_down_part(claims: Sequence[Claim], by: Member) -> TurnDownPart:
    able, left_out = [], []
    for claim in claims:
        refusal = rules.returning(claim, by)
        if refusal is None:
            able.append(claim)
        else:
            said = _("%(line)s. %(why)s")
            left_out.append(said % {"line": _in_short(claim), "why": refusal.reason})
    return TurnDownPart(able, [_in_short(each) for each in able], left_out)


def _in_short(claim: Claim) -> str:
    said = _("%(name)s, %(amount)s: %(what)s, %(day)s")
    if not claim.what_for:
        said = _("%(name)s, %(amount)s, %(day)s")
    return said % {
        "name": claim.member.full_name,
        "amount": dollars(claim.amount),
        "what": claim.what_for,
        "day": written(claim.service_on),
    }
