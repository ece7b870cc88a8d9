"""A payment line's link, for its owner and people who handle payments; unknown to others."""

from decimal import Decimal

import pytest

from accounts import titles
from accounts.models import Member
from compensation.claims.models import Claim
from compensation.plan import actions
from foundation import links
from foundation.addresses import at


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("consumer", "my_payments"),
        ("approver", "payments"),
        ("payer", "payments"),
        ("provider", None),
        ("administrator", None),
        ("facilitator", None),
    ],
)
def test_a_payment_line_is_known_to_its_owner_and_those_who_handle_payments(
    who: str, page: str | None, earned: Claim, request: pytest.FixtureRequest
) -> None:
    reader: Member = request.getfixturevalue(who)
    found = links.link("claim", earned.pk, reader)
    assert (found and found.url) == (page and at(reader.agency, f"compensation:{page}"))
    assert titles.named([("claim", earned.pk)], reader) == (
        {("claim", earned.pk): found} if found else {}
    )


@pytest.mark.parametrize(("who", "known"), [("administrator", True), ("consumer", False)])
def test_a_draft_of_the_plan_is_known_to_those_who_write_it(
    who: str, known: bool, administrator: Member, request: pytest.FixtureRequest
) -> None:
    draft = actions.draft(
        text="Not yet.", hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )
    reader: Member = request.getfixturevalue(who)
    found = links.link("payment_plan_version", draft.pk, reader)
    page = at(reader.agency, "compensation:plan_version", pk=draft.pk)
    assert (found and found.url) == (page if known else None)
