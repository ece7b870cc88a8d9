"""What came of calls about a meeting goes some months after it."""

from django.db import migrations

from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0019_alternates"),
        ("groups", "0012_calls_about_meetings"),
    ]

    operations = [
        OpenedToDestroying(
            "groups_meetingcall",
        ),
        Wholes(
            WholePlace('groups_meetingcall', 'times_away', 0, 90, 0, 0, False, True, 'id', 0, None, None, 'kept.on', False, 'ARRAY[kept.member_id, kept.by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
