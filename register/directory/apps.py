from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "register.directory"
    verbose_name = "Directory"
