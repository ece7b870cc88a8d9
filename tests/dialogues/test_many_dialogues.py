"""A program with many dialogues: the list is paged, and each can be reached."""

from datetime import date, timedelta

from accounts.models import Member
from dialogues.dialogue import actions
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group, GroupKind
from tests.conftest import Login, assert_budget
from tests.lengths import too_long
from tests.lists import walk

RUNNING, ENDED = 45, 42
CARD = r'href="(/a/riverside/dialogues/[0-9a-f-]{36}/)"'


def test_of_many_dialogues_a_page_is_shown(
    facilitator: Member, start: date, agency: Agency, login: Login
) -> None:
    for number in range(RUNNING + ENDED):
        actions.open_dialogue(
            agency, by=facilitator, name=f"Talk {number:03}", purpose="We talk.", on=start
        )
    over = Group.objects.within(agency).filter(
        kind=GroupKind.DIALOGUE, name__gte=f"Talk {RUNNING:03}"
    )
    over.update(closed=agency.today() - timedelta(days=1))
    client, url = login(facilitator), at(agency, "dialogues:dialogues")
    assert_budget(client, url)
    total, _found = walk(client, url, CARD)
    ended, found = walk(client, url, CARD, parameter="ended")
    assert {total, ended} <= {RUNNING, ENDED}
    assert len(set(_found) | set(found)) == RUNNING + ENDED
    assert too_long(client, at(agency, "home_of")) == {}
