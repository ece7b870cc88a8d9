"""What the pages of a committee out of its charter cost."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login
from tests.documents.conftest import adopt, board, committee
from tests.oversight.test_out_of_charter import Adopted, adopted

__all__ = ["adopt", "adopted", "board", "committee"]


def test_the_pages_ask_few_queries(
    adopted: Adopted, agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    adopted(seats_consumers=9, co_chair=True)
    for reader in (administrator, consumer):
        client = login(reader)
        for page in (
            at(agency, "oversight:committee"),
            at(agency, "documents:document", kind="charter"),
        ):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            assert len(asked) <= 16, (reader, page, [each["sql"][:150] for each in asked])
