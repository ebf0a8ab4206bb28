from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "register.tasks"
    verbose_name = "Tasks"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.core import ripple
        from register.tasks import services, verbs  # noqa: F401

        ripple.OPENERS.append(services.open_from_ripple)
