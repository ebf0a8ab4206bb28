from importlib import import_module

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "register.advice"
    verbose_name = "Advice and decisions"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        import_module("register.advice.plugs").plug_in()
