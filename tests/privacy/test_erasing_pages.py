"""Asking to be erased, what the pages show before it, and the texts that somebody checks after."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.actions import end_membership, erase
from accounts.models import AccessLog, Member
from devtools.seating import seat
from devtools.states import state
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Group
from notifications.models import Message
from notifications.waiting import waiting
from privacy.erasing import actions, rules
from privacy.erasing.foreseeing import preview
from privacy.erasing.models import Erasure, ErasureRequest, Mention
from privacy.holds import actions as holding
from privacy.holds.models import HoldScope
from tests.conftest import Login, assert_budget


def send(client: Client, url: str, **said: str) -> Any:
    return client.post(url, {"submission": str(uuid4()), **said})


def titles(member: Member) -> list[str]:
    return [each.title for each in waiting(member, member.agency.today())]


@state
def asked(consumer: Member) -> ErasureRequest:
    return actions.ask(by=consumer)


@pytest.fixture
def named(council: Group, administrator: Member) -> Group:
    council.purpose = "Ask Rosa Example how people are welcomed."
    council.save()
    return council


def test_a_person_sees_what_goes_and_asks_and_takes_it_back(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    client, url = login(consumer), at(agency, "privacy:erase_me")
    page = client.get(url).content.decode()
    assert "Ada Flores" in page
    assert "45 CFR 164.530(j)" in page or "42 CFR 2.16" in page
    assert send(client, url).status_code == 302
    assert ErasureRequest.objects.within(agency).open().get().member == consumer
    assert Message.objects.within(agency).filter(member=administrator, title="").exists()
    assert any("Rosa asks you to erase" in each for each in titles(administrator))
    assert not any("asks you to erase" in each for each in titles(consumer))
    assert send(client, url).status_code == 403
    assert send(client, at(agency, "privacy:take_back_erasing")).status_code == 302
    assert not any("asks you to erase" in each for each in titles(administrator))


def test_nobody_takes_back_the_request_of_another(
    asked: ErasureRequest, second_consumer: Member, login: Login
) -> None:
    assert rules.taking_back(asked, second_consumer) is not None
    url = at(asked.agency, "privacy:take_back_erasing")
    assert send(login(second_consumer), url).status_code == 404


def test_somebody_who_left_can_still_ask(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    end_membership(consumer, on=agency.today(), by=administrator)
    client = login(consumer)
    page = client.get(at(agency, "accounts:what_is_mine"))
    assert "Erase my information" in page.content.decode()
    assert send(client, at(agency, "privacy:erase_me")).status_code == 302


def test_the_request_is_done_when_the_person_is_erased(
    asked: ErasureRequest, administrator: Member, consumer: Member
) -> None:
    erase(consumer, by=administrator)
    asked.refresh_from_db()
    assert asked.done_on == asked.agency.today()
    assert not any("asks you to erase" in each for each in titles(administrator))


@pytest.mark.parametrize("scope", HoldScope.values)
def test_under_a_hold_nothing_goes_and_the_request_waits_for_its_end(
    scope: str,
    agency: Agency,
    asked: ErasureRequest,
    administrator: Member,
    second_administrator: Member,
    consumer: Member,
    council: Group,
    login: Login,
) -> None:
    seat(council, consumer, since=agency.today(), by=administrator)
    given: dict[HoldScope, dict[str, Any]] = {
        HoldScope.PERSON: {"member": consumer},
        HoldScope.GROUP: {"group": council},
        HoldScope.PERIOD: {"first": agency.today()},
    }
    hold = holding.hold(
        scope=scope, reason="A lawsuit", by=administrator, **given[HoldScope(scope)]
    )
    page = send(login(administrator), at(agency, "accounts:erase", pk=consumer.pk), sure="on")
    assert page.status_code == 403
    assert "A legal hold covers" in page.content.decode()
    consumer.refresh_from_db()
    assert (consumer.erased_at, consumer.display_name) == (None, "Rosa")
    assert not Erasure.objects.within(agency).exists()
    assert any("Rosa asks you to erase" in each for each in titles(administrator))
    holding.end(hold, reason="Settled", by=second_administrator)
    erase(consumer, by=administrator)
    assert Erasure.objects.within(agency).get().member == consumer


def test_an_administrator_sees_before_what_goes_and_until_when_the_rest_stays(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    url = at(agency, "accounts:erase", pk=consumer.pk)
    page = login(administrator).get(url).content.decode()
    for words in ("Deleted at once", "Kept under “Former member”", "Standings (1)", "42 CFR 2.16"):
        assert words in page, words
    assert_budget(login(administrator), url)
    assert_budget(login(consumer), at(agency, "privacy:erase_me"))


def test_others_read_no_number_of_what_only_the_person_may_know(
    administrator: Member, consumer: Member
) -> None:
    shown = preview(consumer, administrator)
    parts = (shown.goes, shown.words, shown.stays)
    every = {each.title: each.count for part in parts for each in part}
    assert every["Who has voted"] is None
    assert every["“Please contact me”"] is None
    assert every["Standings"] == 1
    assert "People who must not meet" not in every
    mine = preview(consumer, consumer)
    assert "Who has voted" not in {each.title for each in mine.stays}
    assert all(each.count for part in (mine.goes, mine.words, mine.stays) for each in part)


def test_an_administrator_checks_each_text_once(
    agency: Agency, administrator: Member, consumer: Member, named: Group, login: Login
) -> None:
    erase(consumer, by=administrator)
    erasure = Erasure.objects.within(agency).get()
    assert "Check texts that may name a former member" in titles(administrator)
    client, url = login(administrator), at(agency, "privacy:erasure", pk=erasure.pk)
    page = client.get(url).content.decode()
    assert "<strong>Rosa Example</strong>" in page
    assert "Ask [name removed] how" in page
    mention = Mention.objects.within(agency).get()
    remove = at(agency, "privacy:remove_name", pk=mention.pk)
    assert send(client, remove).status_code == 302
    assert send(client, at(agency, "privacy:leave_mention", pk=mention.pk)).status_code == 403
    named.refresh_from_db()
    assert "Rosa" not in named.purpose
    assert "All texts are checked" in client.get(url).content.decode()
    assert "Check texts that may name a former member" not in titles(administrator)


def test_nobody_else_reads_or_decides_about_the_texts(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    outsider: Member,
    named: Group,
    login: Login,
) -> None:
    erase(consumer, by=administrator)
    erasure, mention = Erasure.objects.within(agency).get(), Mention.objects.within(agency).get()
    client = login(second_consumer)
    assert client.get(at(agency, "privacy:erasure", pk=erasure.pk)).status_code == 403
    assert send(client, at(agency, "privacy:remove_name", pk=mention.pk)).status_code == 403
    with tenancy.entering(outsider.agency), pytest.raises(Mention.DoesNotExist):
        Mention.objects.within(outsider.agency).get(pk=mention.pk)


def test_the_page_of_texts_costs_the_same_however_many_there_are(
    agency: Agency, administrator: Member, consumer: Member, named: Group, login: Login
) -> None:
    erase(consumer, by=administrator)
    erasure = Erasure.objects.within(agency).get()
    client, url = login(administrator), at(agency, "privacy:erasure", pk=erasure.pk)
    few = assert_budget(client, url)
    for number in range(12):
        Mention.objects.within(agency).create(
            erasure=erasure, place="groups_group", field="name", row=str(number), found=["Council"]
        )
    assert assert_budget(client, url) == few


def test_looking_at_what_goes_is_written_down(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    login(administrator).get(at(agency, "accounts:erase", pk=consumer.pk))
    assert AccessLog.objects.within(agency).filter(about=consumer, reader=administrator).exists()


def test_a_refused_erasing_leaves_everything(administrator: Member) -> None:
    with pytest.raises(Refused):
        erase(administrator, by=administrator)
