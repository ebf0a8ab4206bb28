from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "register.dashboard.bulk"
    label = "bulk"
    verbose_name = "Many entries at once"
