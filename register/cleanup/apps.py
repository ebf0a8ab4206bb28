from importlib import import_module

from django.apps import AppConfig


class CleanupConfig(AppConfig):
    name = "register.cleanup"
    verbose_name = "Clean-up"

    def ready(self) -> None:
        # Loaded here because what is plugged in needs models, which come after the app.
        import_module("register.cleanup.ways").plug_in()
