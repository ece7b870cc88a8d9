"""Measures are an app of their own; their tables were renamed there."""

import django.db.models.deletion
import foundation.models
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cells", "0004_frozen_baselines"),
        ("measures", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="pdsacycle",
                    name="measure",
                    field=foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                migrations.AlterField(
                    model_name="outcomestandard",
                    name="measure",
                    field=foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="measures.measure",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicaloutcomestandard",
                    name="measure",
                    field=foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpdsacycle",
                    name="measure",
                    field=foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                migrations.DeleteModel(name="HistoricalAdjustment"),
                migrations.DeleteModel(name="HistoricalChartChoice"),
                migrations.DeleteModel(name="HistoricalDataPoint"),
                migrations.DeleteModel(name="HistoricalMeasure"),
                migrations.DeleteModel(name="Adjustment"),
                migrations.DeleteModel(name="ChartChoice"),
                migrations.DeleteModel(name="DataPoint"),
                migrations.DeleteModel(name="ImportProgress"),
                migrations.DeleteModel(name="ImportDraft"),
                migrations.DeleteModel(name="Measure"),
            ],
        ),
    ]
