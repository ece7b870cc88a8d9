"""Words of an agency's own indicators can be taken out, and holds can name them."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0120_steps_of_a_process"),
        ("measures", "0003_indicators_of_our_own"),
    ]

    operations = [
        Reach(
            ReachedColumn('measures_localattestation', 'evidence', 'id', None, None, None, False),
            ReachedColumn('measures_localindicator', 'retired_because', 'id', None, None, None, False),
            ReachedColumn('measures_localversion', 'definition', 'id', None, None, None, False),
            ReachedColumn('measures_localversion', 'name', 'id', None, None, None, False),
            ReachedColumn('measures_localversion', 'reason', 'id', None, None, None, False),
        ),
        Subjects(
            ListedSubject('local_indicator', 'measures_localindicator', 'id', 'ARRAY[kept.begun_by_id, kept.retired_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
