"""What was planned beyond the budget goes with the books."""

from django.db import migrations

from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0091_pay_for_other_work"),
        ("compensation", "0068_planned_beyond_the_budget"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_budgetoverride",
        ),
        Wholes(
            WholePlace('compensation_budgetoverride', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.on', False, 'ARRAY[kept.by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
