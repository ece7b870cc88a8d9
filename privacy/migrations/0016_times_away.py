"""Times away go some months after they are over, and so does who could not come to a meeting."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0015_decisions_on_pay"),
        ("accounts", "0005_time_away"),
        ("groups", "0009_not_coming"),
    ]

    operations = [
        OpenedToDestroying(
            "accounts_away",
            "accounts_historicalaway",
            "groups_notcoming",
        ),
        Wholes(
            WholePlace('accounts_away', 'times_away', 0, 90, 0, 0, False, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]', 'accounts_historicalaway', '', None, None, 'false'),
            WholePlace('groups_notcoming', 'times_away', 0, 90, 0, 0, False, True, 'id', 0, None, None, 'kept.on', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('away', 'accounts_away', 'id', 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
