"""Who gets what an erased member is owed concerns that member."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0071_orientations"),
        ("compensation", "0064_who_gets_what_is_owed"),
    ]

    operations = [
        Subjects(
            ListedSubject('named_payee', 'compensation_namedpayee', 'id', 'ARRAY[kept.member_id, kept.entered_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
