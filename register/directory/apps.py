from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "register.directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        # Loaded here because the ways to go need models, which come after the app.
        import_module("register.directory.ways").plug_in()
        levels = import_module("register.directory.services.levels")
        import_module("register.directory.steps").ON_BODIES_CHANGED.append(levels.bodies_changed)
