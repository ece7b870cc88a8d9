"""Private calendars go with their member, and their address when the member is erased."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0011_reminders_go_with_their_meeting"),
        ("groups", "0005_private_calendars"),
    ]

    operations = [
        Reach(
            ReachedColumn('groups_calendarfeed', 'token_digest', 'id', None, 'kept.member_id', None, False),
        ),
        OpenedToDestroying(
            "groups_calendarfeed",
        ),
        Wholes(
            WholePlace('groups_calendarfeed', 'membership', 72, 0, 0, 0, False, True, 'id', 1, 'accounts_member', 'member_id', '', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('calendar_feed', 'groups_calendarfeed', 'id', 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
