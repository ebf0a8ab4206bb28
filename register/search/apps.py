from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "register.search"
    verbose_name = "Search"
