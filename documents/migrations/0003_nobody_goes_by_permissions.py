from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('documents', '0002_in_force_since_paper'),
    ]

    operations = [NoPermissions()]
