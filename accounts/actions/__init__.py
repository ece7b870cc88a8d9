"""The only write path for people: their data, their permissions, and how they sign in."""

from accounts.actions.away import come_back, go_away, stay_away
from accounts.actions.capacities import (
    end_lent_role,
    end_role,
    end_standing,
    grant_role,
    lend_role,
    let_standing_be_written,
    prefer_not_to_say,
    write_standing,
    write_standings,
)
from accounts.actions.consents import give_consent, take_back
from accounts.actions.erasure import close_accounts, erase
from accounts.actions.invitations import accept, invite, revoke_invitation, send_next
from accounts.actions.leaves import bring_back, end_membership, take_leave_back
from accounts.actions.lists import discard_list, forget_lists, invite_list, mend_list, take_list
from accounts.actions.open_invitations import refuse, remind_all, renew_all, withdraw_all
from accounts.actions.pauses import (
    check_longer,
    end_by_decision,
    pause_access,
    prolong_by_decision,
    resume_access,
)
from accounts.actions.people import (
    change_member,
    change_own_profile,
    enter_member,
    found_agency,
    tell_oneself_apart,
)
from accounts.actions.users import make_user, print_codes, revoke_codes, use_code
from accounts.actions.ways import deny, note_own, print_own_codes

__all__ = [
    "accept",
    "bring_back",
    "change_member",
    "change_own_profile",
    "check_longer",
    "close_accounts",
    "come_back",
    "deny",
    "discard_list",
    "end_by_decision",
    "end_lent_role",
    "end_membership",
    "end_role",
    "end_standing",
    "enter_member",
    "erase",
    "forget_lists",
    "found_agency",
    "give_consent",
    "go_away",
    "grant_role",
    "invite",
    "invite_list",
    "lend_role",
    "let_standing_be_written",
    "make_user",
    "mend_list",
    "note_own",
    "pause_access",
    "prefer_not_to_say",
    "print_codes",
    "print_own_codes",
    "prolong_by_decision",
    "refuse",
    "remind_all",
    "renew_all",
    "resume_access",
    "revoke_codes",
    "revoke_invitation",
    "send_next",
    "stay_away",
    "take_back",
    "take_leave_back",
    "take_list",
    "tell_oneself_apart",
    "use_code",
    "withdraw_all",
    "write_standing",
    "write_standings",
]
