import accounts.namesakes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_numbers_by_chance")]

    operations = [
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                models.F("agency"),
                accounts.namesakes.NameKey(name),
                condition=models.Q(("erased_at", None)),
                name=f"member_{name}_once",
            ),
        )
        for name in ("shown_name", "full_name")
    ]
