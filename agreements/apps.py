from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from agreements.tiers import AGREEMENT
        from register.documents.tiers import register

        register(AGREEMENT)
