"""What a plan pays for other work goes together with the plan."""

from django.db import migrations

from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0025_questions_about_pay"),
        ("compensation", "0020_rates_by_kind_of_work"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_raterule",
        ),
        Wholes(
            WholePlace('compensation_raterule', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_planversion', 'plan_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.groups_decision j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.ratification_id) FROM public.compensation_planversion j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.plan_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
