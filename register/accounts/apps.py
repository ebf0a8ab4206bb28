from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "register.accounts"
    verbose_name = "Accounts"
