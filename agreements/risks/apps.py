from importlib import import_module

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "agreements.risks"
    label = "risks"
    verbose_name = "Risk and impact assessments"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        import_module("agreements.risks.plugs").plug_in()
