"""The demo's digest names only existing columns."""

from devtools.demo.digest import digest
from foundation.models import Agency


def test_every_column_of_the_digest_exists(agency: Agency) -> None:
    assert digest(agency) == digest(agency)
