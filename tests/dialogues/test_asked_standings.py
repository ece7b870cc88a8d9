"""Probing a standing with the co-facilitator form counts as a look, and is logged."""

import pytest

from accounts.models import AccessLog, Member, StandingKind
from dialogues.dialogue.models import Dialogue
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from tests.accounts.answers import send
from tests.conftest import Login

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", [StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER])
def test_right_or_wrong_the_answer_is_on_the_persons_list(
    side: StandingKind,
    bare: Dialogue,
    agency: Agency,
    facilitator: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    client, url = login(facilitator), at(agency, "dialogues:co_facilitator", pk=bare.pk)
    looks = AccessLog.objects.within(agency).filter(about=second_consumer, reader=facilitator)
    assert client.get(url).status_code == 200
    said = {"member": code_of(second_consumer), "standing": side.value}
    assert send(client, url, **said, since=agency.today().isoformat()).status_code == 422
    assert not looks.exists()  # Without the box there is no answer.
    answer = send(client, url, **said, since=agency.today().isoformat(), agreed="on")
    # Right or wrong, the page says the same.
    assert answer.status_code == 302
    assert list(looks.values_list("what", flat=True)) == ["standing"]
