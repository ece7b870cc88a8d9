"""Reminders of meetings go with their meeting."""

from django.db import migrations

from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0010_series_go_as_wholes"),
        ("groups", "0004_reminders"),
    ]

    operations = [
        OpenedToDestroying(
            "groups_meetingreminder",
        ),
        Wholes(
            WholePlace('groups_meetingreminder', 'governance', 72, 0, 0, 0, False, True, 'id', 1, 'groups_meeting', 'meeting_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
