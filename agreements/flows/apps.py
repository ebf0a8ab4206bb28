"""Information flows of agreements."""

from importlib import import_module

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "agreements.flows"
    label = "flows"
    verbose_name = "Information flows"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        import_module("agreements.flows.plugs").plug_in()
