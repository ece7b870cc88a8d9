"""The only write path for groups: their seats, meetings and decisions."""

from groups.actions.after import built_on, record_meeting, undo_record
from groups.actions.agenda import put_on_agenda, take_off_agenda
from groups.actions.alternates import agree_to_step_in, end_alternate, name_alternate
from groups.actions.calls import note_calls
from groups.actions.closing import close_group, closure_of, take_closing_back
from groups.actions.coming import say_coming
from groups.actions.decisions import (
    amend,
    close_decision,
    propose,
    settle_overtaken,
    take_position,
    waive,
    withdraw,
)
from groups.actions.deliberation import answer, ask, look_again, remind
from groups.actions.feeds import end_feed, make_feed, note_read
from groups.actions.interests import declare_interest
from groups.actions.leading import be_named, be_unnamed
from groups.actions.meetings import (
    cancel_meeting,
    change_meeting,
    count_guests,
    hold,
    lock_minutes,
    not_held,
    plan_meeting,
    record_attendance,
    record_minutes,
    void_attendance,
)
from groups.actions.motions import (
    answer_motion,
    attest_resolution,
    deny_resolution,
    enter_resolution,
    propose_change,
    propose_for_group,
    propose_seat,
)
from groups.actions.needs import arrange, say_need, take_need_back
from groups.actions.offers import accept_seat, decline_seat, offer_seat, offer_seats, withdraw_offer
from groups.actions.paper import add_to_paper, attest, recount, take_back_paper, write_down
from groups.actions.polls import ask_for_dates, choose_date, end_poll, say_dates
from groups.actions.seats import (
    bring_seats_back,
    change_group,
    change_office,
    end_seat,
    end_seats_of,
    open_group,
)
from groups.actions.series import cancel_series, move_series, plan_series
from groups.actions.supporters import agree_to_support, end_support, name_supporter
from groups.actions.terms import change_cqi
from groups.actions.writing import (
    bring_again,
    propose_in_writing,
    put_in_writing,
    remind_in_writing,
    settle_in_writing,
)
from groups.actions.zones import change_zone

__all__ = [
    "accept_seat",
    "add_to_paper",
    "agree_to_step_in",
    "agree_to_support",
    "amend",
    "answer",
    "answer_motion",
    "arrange",
    "ask",
    "ask_for_dates",
    "attest",
    "attest_resolution",
    "be_named",
    "be_unnamed",
    "bring_again",
    "bring_seats_back",
    "built_on",
    "cancel_meeting",
    "cancel_series",
    "change_cqi",
    "change_group",
    "change_meeting",
    "change_office",
    "change_zone",
    "choose_date",
    "close_decision",
    "close_group",
    "closure_of",
    "count_guests",
    "declare_interest",
    "decline_seat",
    "deny_resolution",
    "end_alternate",
    "end_feed",
    "end_poll",
    "end_seat",
    "end_seats_of",
    "end_support",
    "enter_resolution",
    "hold",
    "lock_minutes",
    "look_again",
    "make_feed",
    "move_series",
    "name_alternate",
    "name_supporter",
    "not_held",
    "note_calls",
    "note_read",
    "offer_seat",
    "offer_seats",
    "open_group",
    "plan_meeting",
    "plan_series",
    "propose",
    "propose_change",
    "propose_for_group",
    "propose_in_writing",
    "propose_seat",
    "put_in_writing",
    "put_on_agenda",
    "record_attendance",
    "record_meeting",
    "record_minutes",
    "recount",
    "remind",
    "remind_in_writing",
    "say_coming",
    "say_dates",
    "say_need",
    "settle_in_writing",
    "settle_overtaken",
    "take_back_paper",
    "take_closing_back",
    "take_need_back",
    "take_off_agenda",
    "take_position",
    "undo_record",
    "void_attendance",
    "waive",
    "withdraw",
    "withdraw_offer",
    "write_down",
]
