"""Django made rows of permissions that nobody goes by; those still in use are made again."""

from django.db import migrations

UNUSED = """
DELETE FROM auth_permission p USING django_content_type c
    WHERE c.id = p.content_type_id AND c.app_label IN (
        'accounts', 'cells', 'compensation', 'dialogues', 'documents', 'foundation', 'groups',
        'indicators', 'measures', 'notifications', 'oversight', 'safety', 'satisfaction');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0005_nobody_goes_by_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunSQL(UNUSED, migrations.RunSQL.noop)]
