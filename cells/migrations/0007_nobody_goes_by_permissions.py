from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('cells', '0006_measures_have_owners'),
    ]

    operations = [NoPermissions()]
