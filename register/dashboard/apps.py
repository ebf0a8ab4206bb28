from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "register.dashboard"
    verbose_name = "Dashboard"
