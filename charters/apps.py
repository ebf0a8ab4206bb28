from django.apps import AppConfig


class ChartersConfig(AppConfig):
    name = "charters"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from charters import ripples
        from charters.tiers import CHARTER, PROTOCOL
        from register.documents.tiers import register

        register(CHARTER)
        register(PROTOCOL)
        ripples.plug_in()
