"""Somebody in the demo reaches every address of an agency, or there is a stated reason."""

import pytest

from devtools.demo.personas import PERSONAS
from foundation.models import Agency
from tests.browser.crawl import agency_routes, crawled, reached

pytestmark = pytest.mark.xdist_group("demo")

# By name of address: why nobody in the demo reaches it, and which test covers it.
BEYOND = {
    "accounts:back": "While somebody is away: tests/accounts/test_away.py.",
    "accounts:back_for": "While somebody is away: tests/accounts/test_away.py.",
    "accounts:bring_back": "Nobody of the demo has come back: "
    "tests/accounts/test_leaving_and_coming_back.py.",
    "accounts:letters": "Once letters were chosen: tests/accounts/test_list_pages.py.",
    "accounts:list_columns": "Where columns were asked about: tests/accounts/test_list_pages.py.",
    "accounts:list_letters": "Once a list was used: tests/accounts/test_in_browser.py.",
    "accounts:list_sent": "Once a list was used: tests/accounts/test_in_browser.py.",
    "accounts:people_list": "Once a list was brought: tests/accounts/test_in_browser.py.",
    "accounts:take_leave_back": "For some days after somebody has left: "
    "tests/accounts/test_leaving_and_coming_back.py.",
    "accounts:what_is_mine": "For who has left: tests/accounts/test_leaving_and_coming_back.py.",
    "accounts:welcome": "The end of an invitation: tests/accounts/test_in_browser.py.",
    "compensation:adopt": "Once a draft is ratified: tests/compensation/test_ratified_first.py.",
    "compensation:ask_advance_for": "For somebody on paper: tests/compensation/test_advances.py.",
    "compensation:claim_cost_for": "For somebody on paper: "
    "tests/compensation/test_kinds_of_cost.py.",
    "compensation:settle": "Once an advance is paid: tests/compensation/test_advances.py.",
    "compensation:my_questions": "After many questions: tests/compensation/test_pay_questions.py.",
    "compensation:prepare_run_again": "After a change: tests/compensation/test_payment_runs.py.",
    "compensation:release_run": "After preparing one: tests/compensation/test_payment_runs.py.",
    "compensation:fund_confirm": "After a difference: tests/compensation/test_same_day.py.",
    "compensation:fund_count_back": "On the day: tests/compensation/test_same_day_in_browser.py.",
    "compensation:fund_sheet": "On the day: tests/compensation/test_same_day.py.",
    "compensation:fund_tick_off": "On the day: tests/compensation/test_same_day.py.",
    "compensation:hand_out": "On the day: tests/compensation/test_same_day_in_browser.py.",
    "compensation:starter": "Where there is no plan yet: tests/starters/test_beginning.py.",
    "concerns:begin": "For who is asked to read: tests/concerns/test_pages.py.",
    "concerns:brought": "Once readers went to the chair: tests/concerns/test_channel.py.",
    "concerns:close": "Once two readers are there: tests/concerns/test_pages.py.",
    "concerns:come": "Once the reading code is entered: tests/concerns/test_pages.py.",
    "concerns:forget_code": "Once the reading code is entered: tests/concerns/test_pages.py.",
    "concerns:hand_in": "Once two readers are there: tests/concerns/test_pages.py.",
    "concerns:hear_back": "Once two readers are there: tests/concerns/test_pages.py.",
    "concerns:note": "Once two readers are there: tests/concerns/test_pages.py.",
    "concerns:pass_on": "Once two readers are there: tests/concerns/test_pages.py.",
    "concerns:reply": "Once two readers are there: tests/concerns/test_pages.py.",
    "concerns:take_on": "Once two readers are there: tests/concerns/test_pages.py.",
    "documents:add_step": "Of a draft in steps: tests/documents/test_in_browser.py.",
    "documents:change_step": "Of a draft in steps: tests/documents/test_in_browser.py.",
    "documents:move_step": "Of a draft in steps: tests/documents/test_in_browser.py.",
    "documents:take_away_step": "Of a draft in steps: tests/documents/test_in_browser.py.",
    "documents:starter": "Where nothing is in force yet: tests/starters/test_in_browser.py.",
    "cells:take_apart": "Ideas put together that still wait: tests/cells/test_offers.py.",
    "cells:choose_together": "Where two vote: tests/cells/test_choosing_together.py.",
    "cells:closed": "Once a cell is closed: tests/cells/test_closed_and_quiet.py.",
    "cells:hand_over": "Where somebody has gone: tests/cells/test_duties.py.",
    "measures:importing": "While a large file is saved, and where rows were left out: "
    "tests/measures/test_big_files.py, tests/measures/test_imports_in_browser.py.",
    "compensation:put_in_force": "During the founding: tests/browser/test_thirty_days.py.",
    "compensation:plan_paper": "During the founding: tests/browser/test_thirty_days.py.",
    "compensation:deny_plan_paper": "During the founding: compensation/test_founding_plan.py.",
    "dialogues:questions_answered": "What thanks for answers that leave no trace, which can't be "
    "taken back: tests/dialogues/test_in_browser.py.",
    "dialogues:withdraw_asked": "Only for who asked, and leads no other way: "
    "tests/dialogues/test_silencing.py.",
    "groups:away_for": "Where somebody helps: tests/groups/test_supporters.py.",
    "groups:back_for": "Where somebody helps: tests/groups/test_supporters.py.",
    "groups:confirm": "Only while the seats of a committee's founding run: "
    "tests/documents/test_seats_under_the_charter.py.",
    "compensation:parts_for": "For who can’t sign in: tests/compensation/test_parts.py.",
    "compensation:answer_letter": "For who can’t sign in: "
    "tests/compensation/test_pay_questions.py.",
    "compensation:told": "For who can’t sign in: tests/compensation/test_pay_questions.py.",
    "quarterly:reply": "Between release and reply: tests/quarterly/test_accounts.py.",
    "compensation:payee_for": "For who can’t sign in: tests/compensation/test_named_payee.py.",
    "groups:withdraw_offer": "While a seat is offered: tests/groups/test_seat_offers.py.",
    "groups:cancel_series": "The demo has no series: tests/groups/test_series.py.",
    "groups:end_calendar_feed": "Once there is an address: tests/groups/test_feeds.py.",
    "groups:move_series": "The demo has no series: tests/groups/test_series.py.",
    "groups:series": "The demo has no series: tests/groups/test_series.py.",
    "groups:undo_record": "Minutes after a meeting was recorded: tests/groups/test_after.py.",
    "notifications:text_code": "Once a code was texted: tests/notifications/test_texts.py.",
    "notifications:read_what_came": "After a time away: tests/notifications/test_while_away.py.",
    "oversight:open_review": "While no review is under way: tests/oversight/test_accessibility.py.",
    "privacy:answer_denial": "Where somebody said so: tests/privacy/test_denials.py.",
    "privacy:delete_my_data": "Once a job has made a copy: tests/privacy/test_exports.py.",
    "privacy:download_my_data": "Once a job has made a copy: tests/privacy/test_exports.py.",
    "privacy:end_hold": "The demo has no legal hold: tests/privacy/test_holds.py.",
    "privacy:erasure": "Where somebody was erased: tests/privacy/test_erasing_pages.py.",
    "privacy:hold": "The demo has no legal hold: tests/privacy/test_holds.py.",
    "privacy:leave_mention": "Where somebody was erased: tests/privacy/test_erasing_pages.py.",
    "privacy:make_real": "Only an agency for practice: tests/privacy/test_agreements.py.",
    "privacy:remove_name": "Where somebody was erased: tests/privacy/test_erasing_pages.py.",
    "privacy:resume_class": "Once a run was undone: tests/privacy/test_retention_pages.py.",
    "privacy:tell_order": "Where an order is about somebody: tests/privacy/test_orders.py.",
    "privacy:announced": "The demo has no run: tests/privacy/test_retention_pages.py.",
    "privacy:undo_run": "The demo has no run: tests/privacy/test_retention_pages.py.",
    "satisfaction:roster": "From a survey, for the committee: tests/satisfaction/test_pages.py.",
    "satisfaction:write_reflection": "Where few consumers take part: "
    "tests/satisfaction/test_reflections.py.",
    "satisfaction:say_of_reflection": "Where few consumers take part: "
    "tests/satisfaction/test_reflections.py.",
    "satisfaction:release_reflection": "Where few consumers take part: "
    "tests/satisfaction/test_reflections.py.",
    "satisfaction:remind": "While a survey goes on: tests/satisfaction/test_pages.py.",
}


def test_somebody_reaches_every_address_or_it_is_said_why_not(demo: Agency) -> None:
    by_all = {name for each in PERSONAS for name in reached(crawled(each.key).found)}
    assert agency_routes() - by_all == set(BEYOND)


def test_an_address_that_nobody_is_led_to_is_found(demo: Agency) -> None:
    """Rosa is not led to what only administrators reach."""
    missing = agency_routes() - reached(crawled("rosa").found)
    assert {"accounts:people", "accounts:activity"} <= missing
