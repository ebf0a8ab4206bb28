from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "register.exchange"
    verbose_name = "Exchange"

    def ready(self) -> None:
        # Loaded here because what is plugged in needs models, which come after the app.
        import_module("register.exchange.ways").plug_in()
