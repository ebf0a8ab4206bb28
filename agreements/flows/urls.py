"""Addresses of flows, groups of parties and information assets."""

from django.urls import path

from agreements.flows.pages import PAGES
from agreements.flows.views import (
    assets,
    copying,
    data,
    flows,
    groups,
    members,
    pages,
    table,
    who,
)

app_name = "flows"

_FLOWS = "register/<slug:ref>/draft/flows/"
_FLOW = f"{_FLOWS}<uuid:lineage>/"
_ITEMS = f"{_FLOW}data/items/"
_GROUPS = "register/<slug:ref>/draft/groups/"
_MEMBERS = "register/<slug:ref>/groups/<uuid:group>/"
# Pages with rows of their own have views of their own.
_OWN = {"who": who.who, "data": data.data}

urlpatterns = [
    path(_FLOWS, flows.flows, name="flows"),
    path(f"{_FLOWS}add/", flows.add, name="add"),
    path(f"{_FLOWS}table/", table.table, name="table"),
    path(f"{_FLOWS}copy/", copying.copy_from, name="copy_from"),
    path(_FLOW, flows.flow, name="flow"),
    path(f"{_FLOW}copy/", flows.copy, name="copy"),
    path(f"{_FLOW}remove/", flows.remove, name="remove"),
    path(f"{_FLOW}move/", flows.move, name="move"),
    *(path(f"{_FLOW}{code}/", view, name=code) for code, view in _OWN.items()),
    *(
        path(
            f"{_FLOW}law/{page.code}/" if page.is_law else f"{_FLOW}{page.code}/",
            pages.page,
            {"code": page.code},
            name=page.code,
        )
        for page in PAGES
        if page.code not in _OWN
    ),
    path(f"{_ITEMS}add/", data.add_item, name="add_item"),
    path(f"{_ITEMS}paste/", data.paste_items, name="paste_items"),
    path(f"{_ITEMS}<int:pk>/", data.change_item, name="change_item"),
    path(f"{_ITEMS}<int:pk>/remove/", data.remove_item, name="remove_item"),
    path(f"{_ITEMS}<int:pk>/move/", data.move_item, name="move_item"),
    path(_GROUPS, groups.groups, name="groups"),
    path(f"{_GROUPS}add/", groups.add, name="add_group"),
    path(f"{_GROUPS}<int:pk>/", groups.change, name="change_group"),
    path(f"{_GROUPS}<int:pk>/remove/", groups.remove, name="remove_group"),
    path(f"{_GROUPS}<int:pk>/move/", groups.move, name="move_group"),
    path(_MEMBERS, members.members, name="members"),
    path(f"{_MEMBERS}csv/", members.export, name="export_members"),
    path(f"{_MEMBERS}join/", members.join, name="join_group"),
    path(f"{_MEMBERS}<int:pk>/leave/", members.leave, name="leave_group"),
    path(f"{_MEMBERS}<int:pk>/form/", members.joining_form, name="joining_form"),
    path("assets/", assets.assets, name="assets"),
    path("assets/add/", assets.add, name="add_asset"),
    path("assets/<int:pk>/", assets.asset, name="asset"),
    path("assets/<int:pk>/change/", assets.change, name="change_asset"),
    path("assets/<int:pk>/end/", assets.end, name="end_asset"),
]
