"""Whom the proof of a record is about: nobody."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0073_pay_in_parts"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        Subjects(
            ListedSubject('record_proof', 'evidence_recordproof', 'id', 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
