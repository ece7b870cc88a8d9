"""Presenter of a group's people: its seats, offers, and possible motions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from accounts.models import StandingKind
from foundation.addresses import at
from foundation.presenting import PageLink, written
from groups.models import Group, Resolution, Seat, SeatOffer


@dataclass(frozen=True)
class SeatRights:
    """What the reader may do about the seats, by the rules.

    `change`: their own seat, `change_all`: every seat; `see_all`: ask for all standings;
    `be_named`: choose who may know that they lead.
    """

    change: bool = False
    change_all: bool = False
    see_all: bool = False
    be_named: bool = False


@dataclass(frozen=True)
class Moves:
    """What the reader can propose where decisions give seats, and pending papers."""

    propose: bool
    propose_ends: bool
    keep: bool
    paper: bool
    papers: Sequence[Resolution] = ()


@dataclass(frozen=True)
class PeopleParts:
    """What was read for the page: the seats of a day, in the past (`past`) or today.

    `told` are the keys of members whose standing is shown, `offices` the shown offices, by key of
    seat; `moves` is None if seats are not given by decisions; `seated`: the reader is in the group
    today; `everybody` is the address that shows all standings.
    """

    group: Group
    seats: Sequence[Seat]
    told: frozenset[int]
    offices: Mapping[int, str]
    moves: Moves | None
    offers: Sequence[SeatOffer]
    own_seat: int | None
    seated: bool
    past: bool
    everybody: str
    paper: bool = False  # whether the reader can enter a council's members from its minutes
    papers: Sequence[Resolution] = ()
    may_name_alternate: bool = False
    ends: date | None = None  # the last day of the seats that end with the founding, once near


@dataclass(frozen=True)
class SeatShown:
    """A seat's holder, and what the reader may know and change of it."""

    name: str
    standing: str
    you: bool
    hint: str
    ways: Sequence[PageLink]


@dataclass(frozen=True)
class OfferedSeat:
    """A person with a pending offer."""

    name: str
    href: str
    since: str


@dataclass(frozen=True)
class PeoplePage:
    """The people in a group; `first` links to adding the first seat if there is none.

    `decides`: the group decides who sits in it; `offer` and `propose` are buttons.
    """

    seats: Sequence[SeatShown]
    first: PageLink | None
    offered: Sequence[OfferedSeat]
    papers: Sequence[PageLink]
    decides: bool
    propose: PageLink | None
    moving: Sequence[PageLink]
    offer: PageLink | None
    minutes: PageLink | None
    ends: date | None
    links: Sequence[PageLink]


def people_page(
    parts: PeopleParts, may: SeatRights, *, shown: Sequence[Seat], reader: int
) -> PeoplePage:
    """`shown` are the seats on the page, `reader` is the reader's key; no query."""
    group, moves = parts.group, parts.moves
    held = bool(shown)
    href = partial(at, group.agency, pk=group.pk)
    propose = PageLink(_("Propose somebody for a seat"), href("groups:propose_seat"))
    offer = PageLink(_("Offer somebody a seat"), href("groups:add_seat"))
    several = PageLink(_("Offer seats to several people"), href("groups:add_seats"))
    papers = moves.papers if moves is not None else parts.papers
    return PeoplePage(
        seats=[_seat(each, parts, may, you=each.member_id == reader) for each in shown],
        first=None if held else _first(parts, may),
        offered=[_offered(each) for each in parts.offers],
        papers=[_paper(each) for each in papers],
        decides=moves is not None and held,
        propose=propose if moves is not None and moves.propose and held else None,
        moving=_moving(group, moves) if moves is not None and held else [],
        minutes=_minutes(parts) if held else None,
        ends=parts.ends,
        offer=offer if may.change_all and (held or parts.paper) else None,
        links=[*([several] if may.change_all else []), *_links(parts, may)],
    )


def _seat(seat: Seat, parts: PeopleParts, may: SeatRights, *, you: bool) -> SeatShown:
    told = seat.member_id in parts.told
    return SeatShown(
        name=seat.member.shown_name,
        standing=str(StandingKind(seat.standing).label) if told else "",
        you=you,
        hint=" ".join(_hint(seat, parts.offices.get(seat.pk, ""))),
        ways=_ways(seat, parts.moves, may, you=you),
    )


def _hint(seat: Seat, office: str) -> Iterator[str]:
    if office:
        yield f"{office}."
    if seat.stands_in_id is not None:
        # Without its days: they are those of somebody's time away.
        yield _("Steps in for somebody.")
        return
    if not seat.voting:
        yield _("Does not decide with the others.")
    yield _("Since %(day)s") % {"day": written(seat.since)}
    if seat.until is not None:
        yield _("until %(day)s") % {"day": written(seat.until)}


def _ways(seat: Seat, moves: Moves | None, may: SeatRights, *, you: bool) -> list[PageLink]:
    if seat.stands_in_id is not None:
        return []
    href, name = partial(at, seat.agency, pk=seat.pk), {"name": seat.member}
    if may.change_all or (may.change and you):
        words = _("Change or end the seat of %(name)s") % name
        return [PageLink(words, href("groups:change_seat"))]
    if moves is not None and moves.propose_ends and not you:
        words = _("Propose to change or end the seat of %(name)s") % name
        return [PageLink(words, href("groups:propose_change"))]
    return []


def _first(parts: PeopleParts, may: SeatRights) -> PageLink | None:
    href = partial(at, parts.group.agency, pk=parts.group.pk)
    if parts.moves is not None and parts.moves.paper:
        return PageLink(_("Write down who was chosen"), href("groups:add_resolution"))
    if parts.paper:
        return _minutes(parts)
    if may.change_all:
        return PageLink(_("Offer somebody a seat"), href("groups:add_seat"))
    return None


def _minutes(parts: PeopleParts) -> PageLink | None:
    """For a council that was there before the portal: who sits there, from its minutes."""
    href = at(parts.group.agency, "groups:add_resolution", pk=parts.group.pk)
    return PageLink(_("Enter its members from its minutes"), href) if parts.paper else None


def _offered(offer: SeatOffer) -> OfferedSeat:
    return OfferedSeat(
        name=offer.member.shown_name,
        href=at(offer.agency, "groups:offer", pk=offer.pk),
        since=_("since %(day)s") % {"day": written(offer.offered_on)},
    )


def _paper(paper: Resolution) -> PageLink:
    said = _("The paper of %(day)s: %(name)s was asked")
    href = at(paper.agency, "groups:resolution", pk=paper.pk)
    return PageLink(said % {"day": written(paper.on), "name": paper.asked}, href)


def _moving(group: Group, moves: Moves) -> list[PageLink]:
    href = partial(at, group.agency, pk=group.pk)
    offered = [
        (moves.keep, _("Keep the founding members"), "groups:confirm"),
        (moves.paper, _("Write down who was chosen on paper"), "groups:add_resolution"),
        (moves.propose_ends, _("Propose to end this group"), "groups:propose_end"),
    ]
    return [PageLink(words, href(name)) for is_offered, words, name in offered if is_offered]


def _links(parts: PeopleParts, may: SeatRights) -> Iterator[PageLink]:
    """Links to what may be read about the people in the group, and to one's own seat."""
    group, mine = parts.group, parts.seated and not parts.past
    href = partial(at, group.agency)
    if may.see_all:
        words = _("Show how each person takes part. They can see that you looked.")
        yield PageLink(words, parts.everybody)
    if may.be_named and (mine or may.see_all):
        words = _("Choose who may know that you lead this group")
        yield PageLink(words, href("groups:leading", pk=group.pk))
    if mine:
        words = _("Choose what this group may know about you")
        yield PageLink(words, href("groups:consent", pk=group.pk))
    if mine and parts.may_name_alternate:
        words = _("Choose who steps in when you are away")
        yield PageLink(words, href("groups:name_alternate", pk=group.pk))
    if mine and parts.own_seat is not None:
        yield PageLink(_("Leave this group"), href("groups:end_seat", pk=parts.own_seat))
