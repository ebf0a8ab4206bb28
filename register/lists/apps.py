from importlib import import_module

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "register.lists"
    verbose_name = "Reference lists"

    def ready(self) -> None:
        # Loaded here because the way to go needs models, which come after the app.
        import_module("register.lists.ways").plug_in()
