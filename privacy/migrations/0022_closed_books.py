"""Closed books go with the postings that they are made of."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0021_supporters"),
        ("compensation", "0008_periods_are_closed"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_balance",
        ),
        Wholes(
            WholePlace('compensation_accountingperiod', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.last', False, 'ARRAY[kept.asked_by_id, kept.closed_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('compensation_balance', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_accountingperiod', 'period_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('accounting_period', 'compensation_accountingperiod', 'id', 'ARRAY[kept.asked_by_id, kept.closed_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
