"""Every person and every event can be reached, and lists state how many there are."""

import re

from accounts.models import Member
from accounts.views.activity import PER_PAGE
from foundation.addresses import at
from foundation.models import Agency, Event
from tests.conftest import Login
from tests.lists import MORE_THAN_A_PAGE, copies, walk


def test_all_people_also_of_a_search(
    administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    copies(
        consumer,
        display_name=lambda number: f"Guest {number}.",
        name=lambda number: f"Somebody {number}",
        user_id=lambda _number: None,
    )
    client, url = login(administrator), at(agency, "accounts:people")
    everybody = Member.objects.within(agency).exclude(until__lte=agency.today()).count()
    total, found = walk(client, url, r"Guest \d+\.")
    assert total == everybody > MORE_THAN_A_PAGE
    assert len(set(found)) == MORE_THAN_A_PAGE
    total, found = walk(client, f"{url}?name=Guest", r"Guest \d+\.</a>")
    assert total == len(set(found)) == MORE_THAN_A_PAGE, "the search stays while one turns pages"


def test_all_that_happened(administrator: Member, agency: Agency, login: Login) -> None:
    copies(Event.objects.within(agency).latest("pk"))
    total, found = walk(login(administrator), at(agency, "accounts:activity"), r"\d+ of (\d+)")
    assert total > MORE_THAN_A_PAGE
    assert len(found) == -(-total // PER_PAGE), "each page was seen"
    assert all(re.fullmatch(rf"{total}", each) for each in found)
