from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "register.jobs"
    verbose_name = "Jobs"
