from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "register.notices"
    verbose_name = "Notices"
