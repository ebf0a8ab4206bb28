from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "register.printing"
    verbose_name = "Printing"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.ledger import redaction
        from register.printing.redacting import take_out_of_prints

        redaction.redactors.append(redaction.Redactor(take_out_of_prints))
