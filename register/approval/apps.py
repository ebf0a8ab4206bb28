from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    name = "register.approval"
    verbose_name = "Approval"
