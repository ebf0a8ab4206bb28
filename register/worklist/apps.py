from importlib import import_module

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "register.worklist"
    verbose_name = "My work"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        import_module("register.worklist.verbs")
        import_module("register.worklist.ways").plug_in()
        import_module("register.worklist.services.mail_choices").plug_in()
