"""Who may run a cell, work in it, and know who took part."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from cells.cell.models import Cell
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Group, GroupKind, Seat


def opening(by: Member) -> Refusal | None:
    return group_rules.opening(GroupKind.CELL, by)


def running(cell: Cell, by: Member) -> Refusal | None:
    """Opening and closing rounds, setting ideas aside, editing the cell itself."""
    return group_rules.changing(cell.group, by)


def working(cell: Cell, by: Member) -> Refusal | None:
    """Planning, measuring and evaluating: everyone in the cell, as equals."""
    return working_in(cell.group, by)


def working_in(group: Group, by: Member) -> Refusal | None:
    """As `working`, given a cell's group."""
    if not group.is_open(by.agency.today()):
        return Refusal(_("This cell is closed."), _("You can still read what it did."))
    if group_rules.place(group, by).seated or group_rules.running(group, by) is None:
        return None
    return Refusal(
        _("Only the people in this cell can do this."),
        _("Ask one of them, or share an improvement idea with them."),
    )


def recording(cell: Cell, by: Member) -> Refusal | None:
    """Recording what happened: as `working`.

    For a cell that has ended, people who were in it until then, and people who run groups.
    """
    return recording_in(cell.group, by)


def recording_in(group: Group, by: Member) -> Refusal | None:
    """As `recording`, given a cell's group."""
    if not group.is_over(by.agency.today()):
        return working_in(group, by)
    seats = Seat.objects.within(by.agency).filter(group=group, member=by)
    if seats.filter(until=group.closed).exists():
        return None
    return group_rules.running(group, by)


def closing_cell(cell: Cell, by: Member, *, undecided: bool, under_way: bool) -> Refusal | None:
    """Closing, once nothing is being voted or decided on; closing settles everything else.

    `under_way`: a vote. Only once it has ended are its ballots untraceable.
    """
    vote = leaving_a_vote(under_way=under_way)
    return group_rules.closing_group(cell.group, by, undecided=undecided, unfinished=vote)


def leaving_a_vote(*, under_way: bool) -> Refusal | None:
    if under_way:
        return Refusal(_("A vote is open in this cell."), _("Close the vote or call it off first."))
    return None


def leaving_work(goes_on: bool) -> Refusal | None:
    if goes_on:
        return Refusal(
            _("Work still goes on in this cell."),
            _("On the page that closes the cell, say what becomes of each part."),
        )
    return None


def handing_over(cell: Cell, by: Member) -> Refusal | None:
    """Reassigning the duties of somebody who is gone; in a closed cell, what is still monitored."""
    if cell.group.is_over(by.agency.today()):
        return group_rules.running(cell.group, by)
    return running(cell, by)


def seeing_who_took_part(reader: Member) -> bool:
    """Whether the reader may know if consumers took part in a stage.

    If one name is shown beside it, this reveals who is a consumer.
    """
    return reader.may(Permission.SEE_STANDINGS)


def seeing_board(reader: Member) -> Refusal | None:
    """Seeing all cells side by side: people who help them, run the program, or oversee it."""
    sees = (Permission.FACILITATE, Permission.SEE_STANDINGS, Permission.OVERSEE)
    if any(reader.may(each) for each in sees):
        return None
    return Refusal(
        _("The board of all cells is for facilitators, administrators and the committee."),
        _("You can look at each cell on its own page."),
    )


def seeing_signs(cell: Cell, reader: Member) -> Refusal | None:
    """Seeing how a cell works together: its own people, and readers of the board.

    `cells.overview.partnership_signals` decides for each signal what is shown to whom.
    """
    if seeing_board(reader) is None or group_rules.place(cell.group, reader).seated:
        return None
    return Refusal(
        _("How a cell works together is for its own people."),
        _("You can read on its page what it works on."),
    )
