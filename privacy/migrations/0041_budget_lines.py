"""Lines of the budget go as wholes on their listed date."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0060_tax_forms"),
        ("compensation", "0031_budget_lines"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_budgetline",
        ),
        Wholes(
            WholePlace('compensation_budgetline', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.entered_by_id, kept.out_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('budget_line', 'compensation_budgetline', 'id', 'ARRAY[kept.entered_by_id, kept.out_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
