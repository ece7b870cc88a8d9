"""Preparation, travel and approved costs of a meeting's day are handed out with its pay."""

from django.db import migrations

LINES = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.handout_is_true'::regproc);
    later text := replace(
        before,
        'LEFT JOIN public.groups_attendance a ON a.id = c.attendance_id
        WHERE c.payment_id = made.id AND c.amount > 0
            AND (a.meeting_id, c.approved_by_id)
                IS DISTINCT FROM (fund.meeting_id, fund.approved_by_id)',
        'LEFT JOIN public.groups_attendance a ON a.id = c.attendance_id
        LEFT JOIN public.compensation_otherwork w ON w.id = c.other_work_id
            AND w.work IN (''preparation'', ''travel'')
        WHERE c.payment_id = made.id AND c.amount > 0
            AND (CASE c.kind WHEN ''reimbursement'' THEN
                -- Approved before, by its receipt, for somebody who came on that day.
                c.service_on = meets AND c.approved_by_id <> fund.taken_by_id
                AND c.entered_by_id IS DISTINCT FROM fund.taken_by_id
                AND EXISTS (
                    SELECT FROM public.groups_attendance came
                    WHERE came.agency_id = c.agency_id AND came.meeting_id = fund.meeting_id
                        AND came.member_id = c.member_id AND came.voided_on IS NULL
                )
            ELSE coalesce(a.meeting_id, w.meeting_id) = fund.meeting_id
                AND c.approved_by_id = fund.approved_by_id
            END) IS NOT TRUE'
    );
BEGIN
    ASSERT later <> before;
    EXECUTE later;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("compensation", "0064_who_gets_what_is_owed"),
    ]

    operations = [
        migrations.RunSQL(LINES, migrations.RunSQL.noop),
    ]
