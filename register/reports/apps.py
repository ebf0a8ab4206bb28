from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "register.reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        # Loaded here because the ways to go need models, which come after the app.
        import_module("register.reports.ways").plug_in()
        import_module("register.reports.sharing_ways").plug_in()
        import_module("register.reports.periods.ways").plug_in()
