"""Who helps whom goes like other consents, years after it ended."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0020_calls_about_meetings"),
        ("groups", "0013_supporters"),
    ]

    operations = [
        OpenedToDestroying(
            "groups_supporter",
        ),
        Wholes(
            WholePlace('groups_supporter', 'consents', 72, 0, 72, 0, False, True, 'id', 0, None, None, 'kept.ended_on', False, 'ARRAY[kept.member_id, kept.supporter_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('supporter', 'groups_supporter', 'id', 'ARRAY[kept.member_id, kept.supporter_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
