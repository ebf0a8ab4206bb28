from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "register.exchange"
    verbose_name = "Exchange"
