"""What decisions are about is written by its code."""

from importlib import import_module

from django.db import migrations

subjects = import_module("foundation.migrations.0007_subjects_have_codes")


class Migration(migrations.Migration):
    dependencies = [("groups", "0017_nobody_goes_by_permissions"), ("foundation", "0007_subjects_have_codes")]

    operations = [
        migrations.RunSQL(
            subjects.renamed("groups_decision", "subject_type", subjects.CODES),
            subjects.renamed("groups_decision", "subject_type", subjects.PRESENT),
        ),
        migrations.RunSQL(
            subjects.renamed("groups_historicaldecision", "subject_type", subjects.CODES),
            subjects.renamed("groups_historicaldecision", "subject_type", subjects.PRESENT),
        ),
    ]
