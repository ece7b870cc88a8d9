"""Reflections of consumers: when they go, and what a name is taken out of."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0132_checks_are_never_unknown"),
        ("satisfaction", "0005_reflections"),
    ]

    operations = [
        OpenedToDestroying("satisfaction_reflection", "satisfaction_reflectionvoice"),
        Reach(
            ReachedColumn('satisfaction_reflection', 'peer', 'id', None, None, None, False),
            ReachedColumn('satisfaction_reflection', 'text', 'id', None, None, None, False),
        ),
        Wholes(
            WholePlace('satisfaction_reflection', 'surveys', 72, 0, 0, 0, False, True, 'id', 0, None, None, 'kept.released_on', False, 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('satisfaction_reflectionvoice', 'surveys', 72, 0, 0, 0, False, True, 'id', 1, 'satisfaction_reflection', 'reflection_id', '', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('reflection', 'satisfaction_reflection', 'id', 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
