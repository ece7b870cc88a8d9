from django.db import migrations

from foundation.walls import ErasableHistory


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_ways_to_sign_in")]

    operations = [
        ErasableHistory(
            "Member",
            "erased_at",
            {
                "name": "Former member",
                "display_name": "Former member",
                "contact": "",
                "user_id": None,
            },
        ),
    ]
