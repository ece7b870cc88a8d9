"""Files of any length are read and sent part by part, and are the same as in one piece."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from accounts.views import activity
from compensation.claims.models import Claim
from compensation.ledger import views as ledger
from compensation.ledger.models import Entry
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from tests.compensation.test_many_at_once import costs
from tests.conftest import Login

pytestmark = pytest.mark.django_db


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


@pytest.mark.parametrize("name", ["compensation:ledger_csv", "accounts:activity_csv"])
def test_parts_make_the_whole(
    name: str,
    earned: Claim,
    agency: Agency,
    consumer: Member,
    approver: Member,
    payer: Member,
    administrator: Member,
    login: Login,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from compensation.claims.actions import approve

    lines = costs(agency, [consumer], 9)
    approve(lines, by=approver, on=agency.today())
    client = login(approver if "ledger" in name else administrator)
    whole = rows(client.get(at(agency, name)).getvalue())
    assert len(whole) > 15
    for module in (ledger, activity):
        monkeypatch.setattr(module, "TOGETHER", 4)
    answer = client.get(at(agency, name))
    assert answer.streaming
    with tenancy.entering(None), CaptureQueriesContext(connection) as asked:
        found = rows(answer.getvalue())
        # Between the parts nobody is in an agency.
        assert tenancy.entered() is None
        assert not Entry.objects.within(agency).exists()
    assert [row for row in found if "looked" not in row] == [
        row for row in whole if "looked" not in row
    ]
    reads = [query for query in asked if "LIMIT 4" in query["sql"]]
    assert len(reads) == (len(found) - 1) // 4 + 1


def test_what_a_spreadsheet_takes_for_a_formula_is_text(
    administrator: Member, login: Login
) -> None:
    Member.objects.within(administrator.agency).filter(pk=administrator.pk).update(
        display_name="=1+1"
    )
    found = rows(
        login(administrator).get(at(administrator.agency, "accounts:activity_csv")).getvalue()
    )
    assert not any(cell.startswith("=") for row in found for cell in row)
