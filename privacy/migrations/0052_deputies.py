"""Who stood in for whom goes with the books."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0051_payment_runs"),
        ("compensation", "0042_deputies"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_deputy",
        ),
        Wholes(
            WholePlace('compensation_deputy', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.named_on', False, 'ARRAY[kept.member_id, kept.holder_id, kept.named_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('deputy', 'compensation_deputy', 'id', 'ARRAY[kept.member_id, kept.holder_id, kept.named_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
