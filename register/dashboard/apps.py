from importlib import import_module

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "register.dashboard"
    verbose_name = "Dashboard"

    def ready(self) -> None:
        # Loaded here because the ways to go need models, which come after the app.
        import_module("register.dashboard.ways").plug_in()
