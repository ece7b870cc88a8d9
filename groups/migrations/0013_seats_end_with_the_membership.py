from django.db import migrations

# The functions are those of accounts.
BOUNDS = """
DROP TRIGGER IF EXISTS seat_within_membership ON groups_seat;
CREATE TRIGGER seat_within_membership BEFORE INSERT OR UPDATE OF member_id, since, until
    ON groups_seat FOR EACH ROW EXECUTE FUNCTION accounts_within_membership();
DROP TRIGGER IF EXISTS leave_ends_seats ON accounts_member;
CREATE CONSTRAINT TRIGGER leave_ends_seats AFTER UPDATE OF until ON accounts_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.until IS NOT NULL)
    EXECUTE FUNCTION accounts_leave_ends_all('groups_seat');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0012_kept_apart"),
        ("accounts", "0005_people_leave_and_come_back"),
    ]

    operations = [
        migrations.RunSQL(
            BOUNDS,
            "DROP TRIGGER seat_within_membership ON groups_seat;"
            " DROP TRIGGER leave_ends_seats ON accounts_member;",
        ),
    ]
