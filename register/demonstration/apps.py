from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "register.demonstration"
    verbose_name = "The demonstration partnership"
