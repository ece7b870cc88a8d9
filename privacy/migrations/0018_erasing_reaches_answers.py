from django.db import migrations

from foundation.reach import Reach, ReachedColumn


class Migration(migrations.Migration):
    dependencies = [("privacy", "0017_denials")]

    operations = [
        Reach(ReachedColumn("privacy_denial", "answer", "id", None, None, None, False)),
    ]
