"""A second click on what can be done only once reaches the first one's target."""

from collections.abc import Sequence
from uuid import uuid4

from accounts.models import Member
from cells.ideas.models import Opportunity
from foundation.addresses import at
from groups.models import Decision
from tests.conftest import Login


def test_a_second_click_is_not_told_that_it_cannot_be_done_now(
    proposed: Decision,
    ideas: Sequence[Opportunity],
    consumer: Member,
    facilitator: Member,
    login: Login,
) -> None:
    aside = at(proposed.agency, "cells:park", pk=ideas[1].pk)
    back = at(proposed.agency, "groups:withdraw", pk=proposed.pk)
    for client, url in ((login(facilitator), aside), (login(consumer), back)):
        given = {"submission": str(uuid4()), "version": 1, "reason": "Not this year."}
        first, second = client.post(url, given), client.post(url, given)
        assert (first.status_code, second.status_code) == (302, 302)
        assert second["Location"] == first["Location"]
        # Another form, or none, is refused with words.
        assert client.post(url, {**given, "submission": str(uuid4())}).status_code == 403
        assert client.post(url, {**given, "submission": "x"}).status_code == 403
        assert client.get(url).status_code == 403
