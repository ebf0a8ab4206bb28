from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "register.concerns"
    verbose_name = "Breaches, concerns and adherence checks"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.concerns import panels, privacy, ripples, verbs  # noqa: F401

        panels.plug_in()
        privacy.plug_in()
        ripples.plug_in()
