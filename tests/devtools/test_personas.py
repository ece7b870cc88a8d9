"""The demo's own page: anybody with one click, also those who need a second factor."""

from django.test import Client

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at


def test_everybody_who_can_sign_in_is_shown_with_their_roles(
    administrator: Member, consumer: Member, outsider: Member
) -> None:
    page = Client().get("/demo/").content.decode()
    for shown in (consumer.display_name, "Person who uses services", "Administrator", "Hillside"):
        assert shown in page


def test_one_click_signs_in_also_those_who_need_a_second_factor(administrator: Member) -> None:
    client = Client()
    home = at(administrator.agency, "home_of")
    answer = client.post(f"/demo/{administrator.agency.slug}/{administrator.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert client.get(home).status_code == 200


def test_a_person_of_another_agency_is_not_found(administrator: Member, outsider: Member) -> None:
    answer = Client().post(f"/demo/{outsider.agency.slug}/{administrator.pk}/")
    assert answer.status_code == 404


def test_the_page_is_accessible_and_its_button_signs_in(
    portal: Portal, administrator: Member, browse: Browse, axe: Axe
) -> None:
    page = browse()
    page.goto("/demo/")
    axe(page)
    page.get_by_role("button", name=f"Sign in as {administrator.display_name}").click()
    page.wait_for_url(f"**{at(administrator.agency, 'home_of')}")
