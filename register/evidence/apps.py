from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "register.evidence"
    verbose_name = "Evidence"
