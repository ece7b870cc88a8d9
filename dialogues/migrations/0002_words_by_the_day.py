"""Words without a name are kept by their day, under keys that tell no order."""

from django.db import migrations, models

import foundation.anonymity


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="voice", name="voice_dated_by_week"),
        migrations.RenameField(model_name="voice", old_name="week", new_name="on"),
        migrations.AlterField(model_name="voice", name="on", field=models.DateField()),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["agency", "on"], name="voice_on"),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="id",
            field=models.BigIntegerField(
                default=foundation.anonymity.random_key,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
    ]
