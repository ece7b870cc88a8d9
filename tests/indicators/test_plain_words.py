import pytest

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from indicators import actions
from tests.accounts.test_plain_words import is_plain
from tests.conftest import Login


@pytest.mark.parametrize("name", ["dashboard", "print", "settings"])
def test_the_pages_of_all_signs_are_plain(
    agency: Agency, consumer: Member, login: Login, name: str
) -> None:
    client = login(consumer)
    is_plain(client.get(at(agency, f"indicators:{name}")).content.decode())
    actions.catch_up(agency)
    is_plain(client.get(at(agency, f"indicators:{name}")).content.decode())


@pytest.mark.parametrize(
    "code",
    ["mission", "process", "membership", "compensation", "dialogues", "satisfaction", "oversight"],
)
def test_the_page_of_each_sign_is_plain(
    agency: Agency, consumer: Member, login: Login, code: str
) -> None:
    actions.catch_up(agency)
    page = login(consumer).get(at(agency, "indicators:indicator", code=code))
    is_plain(page.content.decode())
