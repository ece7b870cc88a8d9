from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_policychange")]

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("taken", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name_plural": "attempts"},
        ),
    ]
