from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('satisfaction', '0002_everyone_is_asked_and_a_closing_day'),
    ]

    operations = [NoPermissions()]
