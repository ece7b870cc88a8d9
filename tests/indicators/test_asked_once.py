"""All indicators of a day together send each query to the database once."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from foundation.models import Agency
from indicators.engine import evaluate

pytestmark = pytest.mark.django_db


def test_a_day_is_judged_without_asking_the_same_again_and_again(
    agency: Agency, facilitator: Member, consumer: Member
) -> None:
    evaluate([agency.pk], agency.today())
    with CaptureQueriesContext(connection) as queries:
        evaluate([agency.pk], agency.today())
    asked = Counter(query["sql"] for query in queries)
    assert [sql for sql, times in asked.items() if times > 1] == []
