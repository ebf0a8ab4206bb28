from django.apps import AppConfig


class SavedConfig(AppConfig):
    name = "register.saved"
    verbose_name = "Saved views"
