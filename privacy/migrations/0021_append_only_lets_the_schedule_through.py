from django.db import migrations

from foundation.reach import Opened


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0020_out_of_use"),
        ("accounts", "0010_nobody_goes_by_permissions"),
        ("foundation", "0008_tokens_apart_from_answers"),
        ("indicators", "0004_subjects_by_their_codes"),
        ("measures", "0006_nobody_goes_by_permissions"),
        ("notifications", "0003_subjects_by_their_codes"),
    ]

    operations = [
        Opened(
            "accounts_accesslog",
            "foundation_event",
            "indicators_frozensnapshot",
            "indicators_indicatorsnapshot",
            "privacy_retentionrule",
        ),
    ]
