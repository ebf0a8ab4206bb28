from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "register.public"
    verbose_name = "Public pages"
