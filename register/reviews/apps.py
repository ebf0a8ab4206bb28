from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "register.reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.core import ripple
        from register.documents import panels as pages
        from register.documents import privacy
        from register.documents import steps as life
        from register.notices.secrets import MINTERS, WRITERS
        from register.reviews import emails, models, panel, steps, verbs, ways  # noqa: F401
        from register.reviews.services import links

        life.ON_IN_FORCE.append(steps.come_into_force)
        life.ON_MOVED.append(steps.moved)
        life.ON_TAKEN_OUT.append(steps.taken_out)
        ripple.OPENERS.append(steps.concern_recorded)
        pages.PANELS.append(panel.review_panel)
        MINTERS[emails.ASK] = links.mint
        MINTERS[emails.REMINDER] = links.mint
        WRITERS[emails.REMINDER] = emails.reminder_anew
        ways.plug_in()
        privacy.keep(models.Review, "document_id")
        privacy.keep(models.Cycle, "document_id")
        privacy.keep(models.EndMove, "version__document_id")
        for model in (models.ReviewAnswer, models.ReviewEvent, models.PartyAsk):
            privacy.keep(model, "review__document_id")
        privacy.keep(models.Consent, "move__version__document_id")
