"""What people need at meetings goes on its date, and its words when the person is erased."""

from django.db import migrations

from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0012_private_calendars"),
        ("groups", "0006_what_people_need"),
    ]

    operations = [
        Reach(
            ReachedColumn('groups_accessneed', 'words', 'id', None, 'kept.member_id', '[Somebody took their words back.]', False),
        ),
        OpenedToDestroying(
            "groups_accessneed",
            "groups_arrangement",
        ),
        Wholes(
            WholePlace('groups_accessneed', 'access_needs', 0, 90, 0, 0, False, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('groups_arrangement', 'access_needs', 0, 90, 0, 0, False, True, 'id', 1, 'groups_accessneed', 'need_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.groups_accessneed j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.need_id), kept.by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
