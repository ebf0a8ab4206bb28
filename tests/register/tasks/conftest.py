"""A framework in force, made once for each module here."""

from tests import frameworks
from tests.worlds import shared


@shared
def framework():
    return frameworks.found()


@shared
def county(framework):
    return framework.county
