"""Two people kept apart by an administrator, and a group in which one of them sits."""

from collections.abc import Callable

import pytest

from accounts.models import Member
from accounts.permissions import Role
from devtools import seating
from devtools.states import state
from foundation.models import Agency
from groups import actions as groups
from groups.models import Group, GroupKind, SeatOffer
from safety import actions
from safety.models import ApartReason, NoContact
from tests.conftest import Enter

Order = Callable[..., NoContact]


@state
def second_administrator(enter: Enter) -> Member:
    return enter("Aisha", roles=(Role.ADMINISTRATOR,))


@state
def cell(agency: Agency, facilitator: Member, provider: Member) -> Group:
    """A group in which the provider sits."""
    today = agency.today()
    group = groups.open_group(agency, kind=GroupKind.CELL, name="Calm", by=facilitator, on=today)
    seating.seat(group, provider, since=today, by=facilitator)
    return group


@pytest.fixture
def keep_apart(administrator: Member, consumer: Member, provider: Member) -> Order:
    """The consumer and the provider; only the consumer knows of it."""

    def keep(
        first: Member = consumer,
        second: Member = provider,
        by: Member = administrator,
        **given: object,
    ) -> NoContact:
        facts: dict[str, object] = {
            "reason": ApartReason.COURT_ORDER,
            "since": by.agency.today(),
            "known_to": [first],
            **given,
        }
        return actions.keep_apart(first, second, by=by, **facts)  # type: ignore[arg-type]

    return keep


def offered(group: Group, member: Member, by: Member) -> SeatOffer:
    return groups.offer_seat(group, member, since=by.agency.today(), by=by)
