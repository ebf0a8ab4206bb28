from importlib import import_module

from django.apps import AppConfig


class PastConfig(AppConfig):
    name = "register.past"
    verbose_name = "The register as it was"

    def ready(self) -> None:
        # Loaded here because what hangs on to documents needs models, which come after the app.
        import_module("register.past.verbs")
        import_module("register.past.ways").plug_in()
