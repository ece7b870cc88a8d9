"""What was said about payments goes with them; erasing reaches what was answered."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Opened, Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0023_ledger_proofs"),
        ("compensation", "0010_whether_payments_came"),
    ]

    operations = [
        Opened(
            "compensation_arrival",
        ),
        Reach(
            ReachedColumn('compensation_arrival', 'words', 'id', None, None, None, False),
        ),
        OpenedToDestroying(
            "compensation_arrival",
        ),
        Wholes(
            WholePlace('compensation_arrival', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_payment', 'payment_id', '', False, 'ARRAY[kept.member_id, kept.by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('arrival', 'compensation_arrival', 'id', 'ARRAY[kept.member_id, kept.by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
