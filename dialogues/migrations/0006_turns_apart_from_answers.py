from django.db import migrations

TRIGGERS = """
CREATE TRIGGER spends_token AFTER INSERT ON dialogues_sessionturn
    FOR EACH ROW EXECUTE FUNCTION portal_spend_token();
CREATE TRIGGER keeps_answer AFTER INSERT ON dialogues_sessionanswer
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
"""
BACK = """
DROP TRIGGER spends_token ON dialogues_sessionturn;
DROP TRIGGER keeps_answer ON dialogues_sessionanswer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dialogues", "0005_nobody_goes_by_permissions"),
        ("foundation", "0008_tokens_apart_from_answers"),
    ]

    operations = [migrations.RunSQL(TRIGGERS, BACK)]
