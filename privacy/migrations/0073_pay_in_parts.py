"""Wishes to be paid in parts go with the books, and with their member."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0072_named_payees"),
        ("compensation", "0066_pay_in_parts"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_partswish",
        ),
        Wholes(
            WholePlace('compensation_partswish', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.changed_on', False, 'ARRAY[kept.member_id, kept.entered_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('parts_wish', 'compensation_partswish', 'id', 'ARRAY[kept.member_id, kept.entered_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
