"""`manage.py work`: the worker."""

import signal

from django.core.management.base import BaseCommand

from register.jobs import stopping, worker
from register.jobs.registry import jobs


class Command(BaseCommand):
    help = "Run due work until stopped (TERM or Ctrl-C end it after the item in hand)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job one time, and end")

    def handle(self, *args, once: bool, **options) -> None:
        found = jobs()
        stopping.go_on()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.ask_to_stop())
        self.stdout.write(f"Worker {worker.worker_name()} runs {len(found)} jobs.")
        self.stdout.flush()  # whoever reads it from a pipe knows at once
        failed = worker.work(found, once=once)
        self.stdout.write("Worker ended.")
        if failed and once:
            raise SystemExit(1)
