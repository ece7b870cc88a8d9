"""Whom the proof of a ledger is about: nobody."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0022_closed_books"),
        ("compensation", "0009_the_ledger_is_proved"),
    ]

    operations = [
        Subjects(
            ListedSubject('ledger_proof', 'compensation_ledgerproof', 'id', 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
