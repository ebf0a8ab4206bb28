from django.apps import AppConfig


class EndingsConfig(AppConfig):
    name = "register.endings"
    verbose_name = "Proofs of return or deletion"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.documents import panels as pages
        from register.documents import steps as life
        from register.endings import panels, privacy, steps, verbs  # noqa: F401
        from register.endings.services import asking, links
        from register.notices.secrets import MINTERS
        from register.tasks import services as tasks
        from register.tasks.models import TaskKind

        life.ON_CLOSED.append(steps.ask_for_proofs)
        pages.PANELS.append(panels.proofs_panel)
        MINTERS[links.KIND] = links.mint
        privacy.plug_in()
        tasks.KINDS[asking.CAUSE] = TaskKind.ENDING
