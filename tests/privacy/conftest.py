"""A second administrator, a group, legal orders and holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import Member
from accounts.permissions import Role
from devtools.states import state
from foundation.models import Agency
from groups import actions as groups
from groups.models import Group, GroupKind
from privacy.holds import actions as holding
from privacy.holds.models import HoldScope, LegalHold
from privacy.orders import actions as ordering
from privacy.orders.models import LegalOrder, OrderKind
from privacy.retention import actions as keeping
from privacy.retention.models import RetentionTurn
from tests.conftest import Enter
from tests.privacy.rows_over import Rows

EnterOrder = Callable[..., LegalOrder]
SetHold = Callable[..., LegalHold]


@state
def second_administrator(enter: Enter) -> Member:
    return enter("Aisha", roles=(Role.ADMINISTRATOR,))


@state
def council(agency: Agency, administrator: Member) -> Group:
    return groups.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=agency.today()
    )


@pytest.fixture
def enter_order(administrator: Member, consumer: Member) -> EnterOrder:
    """A subpoena about the consumer that arrived today."""

    def enter(by: Member = administrator, **given: object) -> LegalOrder:
        facts: dict[str, object] = {
            "kind": OrderKind.SUBPOENA,
            "received_on": by.agency.today(),
            "asked_by": "Common Pleas Court, case 26-1",
            "scope": "Attendance in May",
            "member": consumer,
            **given,
        }
        return ordering.enter(by=by, **facts)  # type: ignore[arg-type]

    return enter


@pytest.fixture
def set_hold(administrator: Member, consumer: Member) -> SetHold:
    """A hold on the consumer."""

    def hold(by: Member = administrator, **given: object) -> LegalHold:
        facts: dict[str, object] = {
            "scope": HoldScope.PERSON,
            "member": consumer,
            "reason": "Counsel’s letter about a lawsuit",
            **given,
        }
        return holding.hold(by=by, **facts)  # type: ignore[arg-type]

    return hold


@pytest.fixture
def rows(agency: Agency, consumer: Member, council: Group) -> Rows:
    return Rows(agency, consumer, council)


@pytest.fixture
def on(administrator: Member) -> RetentionTurn:
    """The schedule is on for as long as these tests look back."""
    turned = keeping.turn(on=True, by=administrator)
    turns = RetentionTurn.objects.within(administrator.agency)
    return turns.create(
        code="", on=True, since=turned.since - timedelta(days=310), by=administrator
    )
