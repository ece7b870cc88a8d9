"""What the committee's own page shows, from its parts alone."""

import pytest

from foundation.links import Link
from foundation.models import Agency
from groups.models import Group
from oversight.presenting import CommitteeDuties, OverduePauses, committee_page, no_committee

AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
COMMITTEE = Group(pk=5, agency=AGENCY, name="Committee", kind="committee")


def test_what_there_is_to_do_is_shown_most_pressing_first_and_counted() -> None:
    everything = CommitteeDuties(under_way=3, to_judge=2, overdue=OverduePauses(first=4, count=1))
    duties = committee_page(COMMITTEE, everything, None).duties
    assert [duty.count for duty in duties] == [None, 2, 1]
    assert len({duty.href for duty in duties}) == 3
    assert committee_page(COMMITTEE, CommitteeDuties(), None).duties == []


def test_the_charter_in_force_is_among_its_work() -> None:
    without = committee_page(COMMITTEE, CommitteeDuties(), None).work
    charter = Link("The charter", "/charter/")
    assert committee_page(COMMITTEE, CommitteeDuties(), charter).work[-1].href == "/charter/"
    assert len(without) == 5


def test_its_own_purpose_takes_the_place_of_the_words_for_every_committee() -> None:
    group = Group(pk=5, agency=AGENCY, kind="committee", purpose="We look at it.")
    assert committee_page(group, CommitteeDuties(), None).purpose == "We look at it."
    assert committee_page(COMMITTEE, CommitteeDuties(), None).purpose


@pytest.mark.parametrize("may_open", [False, True])
def test_who_may_sets_up_the_committee_that_is_missing(may_open: bool) -> None:
    before, after = (
        no_committee(AGENCY, ended=ended, may_open=may_open) for ended in (False, True)
    )
    assert bool(before.href) == may_open
    assert before.heading != after.heading
