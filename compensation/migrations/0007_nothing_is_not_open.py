from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_nobody_goes_by_permissions"),
        ("compensation", "0006_nobody_goes_by_permissions"),
        ("foundation", "0006_unused_permissions_go"),
        ("groups", "0017_nobody_goes_by_permissions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_one_open_adjustment",
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "adjustment"), ("status__in", ["waiting", "earned", "waived"])
                ),
                fields=("agency", "attendance"),
                name="claim_one_open_adjustment",
            ),
        ),
    ]
