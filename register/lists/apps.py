from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "register.lists"
    verbose_name = "Reference lists"
