from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "register.consultation"
    verbose_name = "Consultation"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.consultation import panels, permissions, steps
        from register.consultation.models import Comment, Consultee, Editor, ReturnedFile
        from register.consultation.services import links, readers
        from register.documents import panels as pages
        from register.documents import permissions as rights
        from register.documents import privacy
        from register.documents import steps as life
        from register.notices.secrets import MINTERS

        life.ON_MOVED.append(steps.close_links)
        life.PEOPLE_WHO_READ.append(readers.bring_into_line)
        life.READ_FOR_NOW.append(readers.for_now)
        rights.EDITORS.append(permissions.as_editor)
        pages.PANELS.append(panels.consultation_panel)
        pages.TASKS.append(panels.comments_task)
        MINTERS[links.KIND] = links.mint
        MINTERS[links.REMINDER] = links.mint_again
        for model in (Comment, Consultee, Editor, ReturnedFile):
            privacy.keep(model, "version__document_id")
