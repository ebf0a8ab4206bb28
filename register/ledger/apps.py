"""The ledger's place in the program: triggers around migrations, words for verbs."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "register.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self):
        # Loaded here because models can be imported only once every app is known.
        triggers = import_module("register.ledger.triggers")
        pre_migrate.connect(triggers.before_migration, sender=self)
        post_migrate.connect(triggers.after_migration, sender=self)
        autodiscover_modules("verbs")
