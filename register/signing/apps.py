from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "register.signing"
    verbose_name = "Signing"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from register.documents import comparing, privacy
        from register.documents import panels as pages
        from register.documents import steps as life
        from register.signing import panels, steps
        from register.signing.models import Slot
        from register.signing.services.carrying import names_signed
        from register.signing.services.closing import void_taken_out
        from register.signing.services.leaving import acceded_bodies

        life.ON_REVISED.extend([steps.copy_acceded, steps.copy_slots])
        life.BEFORE_ISSUE.append(steps.require_slots)
        life.COMMENCEMENT.append(steps.why_not_in_force)
        life.ON_IN_FORCE.append(steps.tell_in_force)
        life.ON_CLOSED.append(steps.void_open_slots)
        life.ON_TAKEN_OUT.append(void_taken_out)
        for bodies in life.MORE_BODIES.values():
            bodies.append(acceded_bodies)
        life.BODY_PARTS["slots"] = steps.slots_in_body
        life.ON_ADMITTED.append(steps.admit_slots)
        life.SIGNED_COUNTS.append(steps.signed_counts)
        comparing.SIGNED_UNDER.append(names_signed)
        pages.PANELS.append(panels.signatures_panel)
        pages.TASKS.append(panels.slots_task)
        privacy.keep(Slot, "version__document_id")
