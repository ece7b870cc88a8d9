"""Where ideas came from is written by its code."""

from importlib import import_module

from django.db import migrations

subjects = import_module("foundation.migrations.0007_subjects_have_codes")


class Migration(migrations.Migration):
    dependencies = [("cells", "0007_nobody_goes_by_permissions"), ("foundation", "0007_subjects_have_codes")]

    operations = [
        migrations.RunSQL(
            subjects.renamed("cells_opportunity", "origin_type", subjects.CODES),
            subjects.renamed("cells_opportunity", "origin_type", subjects.PRESENT),
        ),
        migrations.RunSQL(
            subjects.renamed("cells_historicalopportunity", "origin_type", subjects.CODES),
            subjects.renamed("cells_historicalopportunity", "origin_type", subjects.PRESENT),
        ),
    ]
