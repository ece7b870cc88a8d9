"""Work for a meeting is of its group, as a hold on the group needs to know."""

from django.db import migrations

GROUPS = """
ALTER TABLE compensation_otherwork DISABLE TRIGGER other_work_is_true;
UPDATE compensation_otherwork w SET group_id = m.group_id FROM public.groups_meeting m
    WHERE m.agency_id = w.agency_id AND m.id = w.meeting_id;
ALTER TABLE compensation_otherwork ENABLE TRIGGER other_work_is_true;
"""

class Migration(migrations.Migration):

    dependencies = [
        ("compensation", "0061_other_work_of_a_group"),
    ]

    operations = [
        migrations.RunSQL(GROUPS, migrations.RunSQL.noop),
    ]
