from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "register.printing"
    verbose_name = "Printing"
