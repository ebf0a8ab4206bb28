from importlib import import_module

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "agreements.requests"
    label = "requests"
    verbose_name = "Requests and emergency shares"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        for room in ("verbs", "privacy", "ways"):
            plug_in = getattr(import_module(f"agreements.requests.{room}"), "plug_in", None)
            if plug_in:
                plug_in()
