"""Series of meetings go as parts of a whole."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0009_a_plan_of_two_people"),
        ("groups", "0003_series_of_meetings"),
    ]

    operations = [
        OpenedToDestroying(
            "groups_historicalmeetingseries",
            "groups_meetingseries",
        ),
        Wholes(
            WholePlace('groups_meetingseries', 'governance', 72, 0, 0, 0, False, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.made_by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]', 'groups_historicalmeetingseries', '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('meeting_series', 'groups_meetingseries', 'id', 'ARRAY[kept.made_by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]'),
        ),
    ]
