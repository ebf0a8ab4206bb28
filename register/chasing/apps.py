from importlib import import_module

from django.apps import AppConfig


class ChasingConfig(AppConfig):
    name = "register.chasing"
    verbose_name = "Chasing"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        import_module("register.chasing.ways").plug_in()
        from register.chasing.services import needs, reach
        from register.notices.secrets import MINTERS
        from register.signing import emails

        emails.OFFICER_NEEDED.append(needs.open_for_officer)
        MINTERS[reach.KIND] = reach.mint
