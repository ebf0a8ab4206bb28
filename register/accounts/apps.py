from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "register.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        # Loaded here because the listener needs models, which come after the app.
        import_module("register.accounts.access").listen()
