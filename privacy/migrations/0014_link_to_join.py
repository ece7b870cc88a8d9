"""Erasing reaches the link to join a meeting."""

from django.db import migrations

from foundation.reach import Reach, ReachedColumn


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0013_what_people_need"),
        ("groups", "0008_link_to_join"),
    ]

    operations = [
        Reach(
            ReachedColumn('groups_meeting', 'remote_link', 'id', 'groups_historicalmeeting', None, None, False),
        ),
    ]
