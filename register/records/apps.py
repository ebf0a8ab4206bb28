from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "register.records"
    verbose_name = "Records"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.documents import panels
        from register.ledger import redaction, retention
        from register.records import elsewhere, holds, panel, ways

        retention.COVERS.append(holds.covered)
        redaction.redactors.append(redaction.Redactor(elsewhere.take_out_of_what_rests_on_it))
        panels.PANELS.append(panel.hold_panel)
        ways.plug_in()
