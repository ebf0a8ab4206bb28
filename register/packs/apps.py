from importlib import import_module

from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "register.packs"
    verbose_name = "Papers for managers"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        import_module("register.packs.kinds").papers()
        import_module("register.packs.privacy").plug_in()
