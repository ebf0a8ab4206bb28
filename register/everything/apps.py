from importlib import import_module

from django.apps import AppConfig


class EverythingConfig(AppConfig):
    name = "register.everything"
    verbose_name = "Everything"

    def ready(self) -> None:
        # Loaded here because the way to exports needs models, which come after the app.
        import_module("register.everything.ways").plug_in()
