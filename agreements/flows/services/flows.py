"""Writing the flows of a draft: always under the lock of its version, as all content is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError

from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide, PartyGroup, Side
from agreements.flows.services.clearing import clearing
from register.core.conflicts import Conflict, expect
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents.models import Content, Part, Party, Version
from register.documents.permissions import may_edit_version
from register.documents.services.content import add_item, change_item, remove_item
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.ledger.acts import act, bulk_create


@dataclass(frozen=True)
class EndsNow:
    """Who stands at the ends of a flow now, as a form carries it on after a conflict."""

    row_version: str


def add_flow(*, by, version: Version, title: str, **facts) -> Flow:
    """Add a flow to a draft with an empty law for each of its ends."""
    with act(by=by, verb="flow.added", subject=version):
        flow = add_item(by=by, version=version, model=Flow, title=_title(title), **facts)
        bulk_create([FlowSide(version=flow.version, flow=flow, side=side) for side in Side])
        keep_up([version.document_id])
    return flow


def change_flow(*, by, flow: Flow, row_version: int, **facts) -> Flow:
    """Change what a flow says of itself. Raises Conflict when somebody else changed it meanwhile."""
    if "title" in facts:
        facts["title"] = _title(facts["title"])
    _check_purpose(flow.version, facts)
    return cast(Flow, change_item(by=by, row=flow, row_version=row_version, **facts))


def change_law(*, by, law: FlowSide, row_version: int, **facts) -> FlowSide:
    """Change the law at one end of a flow: regime, role, basis, conditions, gateways."""
    return cast(FlowSide, change_item(by=by, row=law, row_version=row_version, **facts))


def name_ends(
    *, by, flow: Flow, providers: Iterable[Organisation | PartyGroup],
    recipients: Iterable[Organisation | PartyGroup], seen: str | None = None,
) -> Flow:  # fmt: skip
    """Name who provides and who receives: parties of the version, or groups that it names.

    `seen` is what `mark_of_ends` answered when the form was opened. Raises Conflict where somebody
    has named others since, and ValidationError for a body that is no party or an end that stays empty.
    """
    wanted = {Side.PROVIDER: list(providers), Side.RECIPIENT: list(recipients)}
    with act(by=by, verb="flow.ends_named", subject=flow.version, quiet=True):
        version = _for_editing(by, flow.version)
        if seen is not None and seen != mark_of_ends(flow):
            ends = EndsNow(mark_of_ends(flow))
            raise Conflict(ends, "Somebody else has named others since you opened it.")
        _check_ends(version, wanted)
        for side, who in wanted.items():
            _write_end(flow, version, side, who)
        keep_up([version.document_id])
    return flow


def mark_of_ends(flow: Flow) -> str:
    """Who stands at the ends of a flow, as a form carries it to notice when somebody names others."""
    rows = FlowParty.objects.filter(flow=flow).order_by("side", "organisation_id", "group_id")
    return " ".join(
        f"{row.side[0]}{row.organisation_id or ''}g{row.group_id or ''}" for row in rows
    )


def add_data_item(*, by, flow: Flow, name: str, **facts) -> FlowItem:
    """Add an item of data to a flow."""
    if not name.strip():
        raise ValidationError({"name": "Enter what the item is, such as the name or the address."})
    return add_item(by=by, version=flow.version, model=FlowItem, flow=flow, name=name, **facts)


def copy_flow(*, by, flow: Flow, title: str = "") -> Flow:
    """Add a copy of a flow to its draft: ends, law and items as they are, under a name of its own."""
    with act(by=by, verb="flow.copied", subject=flow.version):
        flow = Flow.objects.select_related("version__document").get(pk=flow.pk)
        facts = facts_of(flow) | {"title": _title(title or f"{flow.title[:190]} (copy)")}
        copied = add_item(by=by, version=flow.version, model=Flow, **facts)
        for model in (FlowSide, FlowParty, FlowItem):
            rows = model._default_manager.filter(flow=flow)
            bulk_create(
                [
                    model(
                        version=copied.version, position=row.position, **facts_of(row, flow=copied)
                    )
                    for row in rows
                ]
            )
        keep_up([flow.version.document_id])
    return copied


def facts_of(row: Content, **instead) -> dict:
    """What a row of content says, without what ties it to its version and place."""
    own = {"id", "version", "lineage", "position", "row_version"}
    fields = [f for f in row._meta.concrete_fields if f.name not in own]
    return {f.name: getattr(row, f.name) for f in fields} | instead


def remove_flow(*, by, flow: Flow) -> None:
    """Take a flow out of a draft with everything that hangs on it."""
    with act(by=by, verb="flow.removed", subject=flow.version):
        remove_item(by=by, row=flow)


def change_schedule(
    *, by, version: Version, changes: list[tuple[Flow, int, dict]]
) -> tuple[int, list[str]]:
    """Change several flows of a draft in one act, as the schedule does that is edited as a table.

    Each change is a flow, the row version that was shown, and its new values; returns how many
    flows differ afterwards, and what the changes made irrelevant and so cleared. Raises Conflict with the first flow that somebody else has changed, and
    ValidationError where one was removed; then none is written.
    """
    written = 0
    with act(by=by, verb="schedule.changed", subject=version, quiet=True):
        version = _for_editing(by, version)
        rows = Flow.objects.select_for_update().filter(version=version)
        known = {row.pk: row for row in rows}
        with clearing(by=by, version=version) as cleared:
            for flow, row_version, facts in changes:
                if (row := known.get(flow.pk)) is None:
                    raise ValidationError(f"“{flow.title}” was removed by somebody else.")
                if all(getattr(row, name) == value for name, value in facts.items()):
                    continue
                expect(row, row_version)
                change_flow(by=by, flow=row, row_version=row_version, **facts)
                written += 1
    return written, cleared


def _for_editing(by, version: Version) -> Version:
    version = lock_version(version)
    require(may_edit_version(by, version))
    return version


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": "Enter a name for the flow."})
    return title


def _check_purpose(version: Version, facts: dict) -> None:
    document = facts.get("purpose_document") or facts.get("purpose_document_id")
    if bool(document) != bool(facts.get("purpose_lineage")):
        raise ValidationError({"purpose": "Choose a purpose of the protocol."})


def _check_ends(version: Version, wanted: dict) -> None:
    parties = Party.objects.filter(version=version, part=Part.PARTY)
    bodies = set(parties.values_list("organisation_id", flat=True))
    for side, who in wanted.items():
        name = f"{side.value}s"
        if not who:
            raise ValidationError({name: f"Choose at least one {side.label.lower()}."})
        for each in who:
            if isinstance(each, PartyGroup):
                is_known = each.version_id == version.pk
            else:
                is_known = each.pk in bodies or each.unit_of_id in bodies
            if not is_known:
                raise ValidationError({name: f"{each} is no party. Name it as a party first."})


def _write_end(flow: Flow, version: Version, side: Side, who: list) -> None:
    wanted = {_key(each): each for each in who}
    for row in FlowParty.objects.filter(flow=flow, side=side):
        key = ("group", row.group_id) if row.group_id else ("body", row.organisation_id)
        if wanted.pop(key, None) is None:
            row.delete()
    bulk_create(
        [
            FlowParty(
                version=version, flow=flow, side=side, position=place, **{_column(each): each}
            )
            for place, each in enumerate(wanted.values(), start=1)
        ]
    )


def _key(each) -> tuple[str, int | None]:
    return ("group" if isinstance(each, PartyGroup) else "body", each.pk)


def _column(each) -> str:
    return "group" if isinstance(each, PartyGroup) else "organisation"
