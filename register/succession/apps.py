from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    name = "register.succession"
    verbose_name = "Succession"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.directory.survivors import TAKEN
        from register.documents import panels, privacy, steps
        from register.succession import models, naming, panel, verbs  # noqa: F401
        from register.succession.services.drafts import name_successors

        TAKEN.append(naming.taken)
        steps.ON_REVISED.append(name_successors)
        panels.PANELS.append(panel.succession_panel)
        privacy.keep(models.Takeover, "document_id")
