from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_restored_copy"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="failed_runs",
            field=models.PositiveBigIntegerField(
                db_default=0, default=0, verbose_name="runs that failed"
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="runs",
            field=models.PositiveBigIntegerField(
                db_default=0, default=0, verbose_name="runs that ended"
            ),
        ),
    ]
