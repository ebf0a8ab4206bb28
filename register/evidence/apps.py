from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "register.evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.documents import panels, privacy, steps
        from register.evidence.models import Seal
        from register.evidence.panels import seal_panel
        from register.evidence.redacting import take_out_of_seals
        from register.evidence.services.wanting import want_seal
        from register.ledger import redaction

        steps.ON_IN_FORCE.append(want_seal)
        panels.PANELS.append(seal_panel)
        redaction.redactors.append(redaction.Redactor(take_out_of_seals))
        privacy.keep(Seal, "version__document_id")
