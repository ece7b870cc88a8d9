"""Numbers for texts go when their person is erased, and texts on their date."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects, TakenOut, TakenPlace
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0016_times_away"),
        ("notifications", "0003_texts_to_phones"),
    ]

    operations = [
        Reach(
            ReachedColumn('notifications_textnumber', 'number', 'id', None, 'kept.member_id', '', False),
        ),
        OpenedToDestroying(
            "notifications_textnumber",
        ),
        Wholes(
            WholePlace('notifications_textnumber', 'consents', 72, 0, 72, 0, False, True, 'id', 0, None, None, 'kept.stopped_at', True, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        TakenOut(
            TakenPlace('notifications_textmessage', 'sent_mail', 0, 30, 0, 0, True, 'id', None, None, 'kept.created_at', True, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]', 'false', 30),
        ),
        Subjects(
            ListedSubject('text_message', 'notifications_textmessage', 'id', 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]'),
            ListedSubject('text_number', 'notifications_textnumber', 'id', 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
