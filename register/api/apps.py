"""Answers for machines, and the tokens by which they ask."""

from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "register.api"
    verbose_name = "Answers for machines"

    def ready(self) -> None:
        # Loaded here because the ways to go need models, which come after the app.
        import_module("register.api.ways").plug_in()
