from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RecoveryFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("backed_up", "A backup was written"),
                            ("proved", "A backup was restored elsewhere, and compared"),
                            ("restored", "This database was restored from a backup"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("of", models.DateTimeField()),
                ("rows", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "recovery_fact",
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "-at"], name="recovery_fact_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["backed_up", "proved", "restored"])),
                        name="recovery_fact_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__gte", models.F("of"))),
                        name="recovery_fact_in_order",
                    ),
                ],
            },
        ),
    ]
