from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "register.ui"
    verbose_name = "The look"
