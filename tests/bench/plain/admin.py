"""The admin as anybody would write it: an agreement with the rest of it as inlines."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from tests.bench.plain.models import Agreement, Body, Party, Placing, Text, Version


class VersionInline(admin.StackedInline):
    model = Version
    extra = 1


class PlacingInline(admin.StackedInline):
    model = Placing


class TextInline(admin.StackedInline):
    model = Text


class PartyInline(admin.TabularInline):
    model = Party
    extra = 1


@admin.register(Agreement)
class AgreementAdmin(SimpleHistoryAdmin):
    """The list of agreements, and one of them."""

    list_display = ("reference", "lead", "review_on", "visibility")
    list_filter = ("visibility",)
    list_select_related = ("lead",)
    list_per_page = 25
    raw_id_fields = ("protocol",)
    inlines = [VersionInline, PlacingInline, TextInline, PartyInline]


admin.site.register(Body)
