from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "register.documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.core.ripple import LISTENERS, OPENERS
        from register.directory.steps import ON_BODIES_CHANGED
        from register.documents import (
            assurance_panel,
            checks,
            disposal,
            jobs,
            privacy,
            redacting,
            ripples,
            rules_panel,
        )
        from register.documents.models import VersionBody
        from register.documents.services import checking
        from register.ledger import redaction, retention, verify

        ON_BODIES_CHANGED.append(jobs.bodies_changed)
        redaction.redactors.append(redaction.Redactor(redacting.take_out_of_bodies, (VersionBody,)))
        retention.disposers[retention.UNUSED_DRAFTS] = disposal.dispose_of_unused_drafts
        verify.further.append(checks.check_bodies)
        OPENERS.append(checking.stale_by)
        LISTENERS.append(checking.follow_inputs)
        ripples.plug_in()
        privacy.plug_in()
        rules_panel.plug_in()
        assurance_panel.plug_in()
