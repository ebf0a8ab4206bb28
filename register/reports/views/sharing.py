"""Who shares what with whom: the matrix, the same as a list of pairs, and the flows behind a number."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.directory.views.conversation import belongs
from register.reports.flow_list import HEADER, ORDER, cells, one_a_flow, told
from register.reports.forms import SharingFilter
from register.reports.question import choices, names_in, ways
from register.reports.seen import Body, every_body
from register.reports.sheets import sheet_answer
from register.reports.who_shares import (
    Amount,
    Axis,
    Matrix,
    Pair,
    in_order,
    matrix_of,
    pairs_of,
    total_of,
)
from register.ui.listing import SIZES, page_of, size_of

PAIRS = 50  # pairs on a page of the list
PAIR_HEADER = (
    "From",
    "To",
    "Flows",
    "Signed at both ends",
    "Not yet signed at both ends",
    "As recorded, unconfirmed",
)


@require_safe
@belongs
def who_shares(request: HttpRequest) -> HttpResponse:
    """The matrix of givers and receivers, or with `form=list` the pairs, for what the address asks."""
    wanted = SharingFilter(request)
    is_understood = wanted.is_valid()
    pairs, bodies = pairs_of(wanted.lines()), every_body()
    is_list = request.GET.get("form") == "list"
    by_amount = request.GET.get("sort") == "amount"
    context = {
        "title": "Who shares what with whom",
        "wanted": wanted,
        "today": today(),
        "is_understood": is_understood,
        "filter": choices(wanted, names_in(pairs, bodies)),
        "chips": wanted.chips(),
        "total": total_of(pairs),
        "is_list": is_list,
        "carried": {"form": "list"} if is_list else {},
        "by_amount": by_amount,
        "base": wanted.kept(),
        "links": ways(wanted),
    }
    context |= (
        _list(request, wanted, in_order(pairs, bodies, by_amount=by_amount), bodies)
        if is_list
        else _matrix(request, wanted, pairs, bodies, by_amount)
    )
    return render(request, "reports/who_shares.html", context)


@require_safe
@belongs
def flows(request: HttpRequest) -> HttpResponse:
    """The flows behind a number: each for each pair of bodies, or each once."""
    wanted = SharingFilter(request)
    is_understood = wanted.is_valid()
    lines = wanted.lines()
    is_each_flow = wanted.asked.get("each") == "flow"
    rows = one_a_flow(lines) if is_each_flow else lines
    asked = request.GET.dict()
    page = page_of(rows, order=ORDER, asked=asked, size=size_of(asked))
    context = {
        "title": "Flows",
        "wanted": wanted,
        "today": today(),
        "is_understood": is_understood,
        "chips": wanted.chips(),
        "page": page,
        "sizes": SIZES,
        "rows": told(page.rows, is_each_flow=is_each_flow),
        "is_each_flow": is_each_flow,
        "counts": lines.aggregate(
            flows=Count("flow_id", distinct=True), agreements=Count("document_id", distinct=True)
        ),
        "base": wanted.kept(),
        "links": ways(wanted),
    }
    return render(request, "reports/flows.html", context)


@require_safe
@belongs
def export(request: HttpRequest, what: str, form: str) -> HttpResponseBase:
    """The matrix, the pairs or the flows that the address asks for, all of them, as CSV or XLSX."""
    wanted = SharingFilter(request)
    wanted.is_valid()
    lines = wanted.lines()
    if what == "flows":
        is_each_flow = wanted.asked.get("each") == "flow"
        rows = cells(one_a_flow(lines) if is_each_flow else lines, is_each_flow=is_each_flow)
        return sheet_answer(request, form, name="flows", header=HEADER, rows=rows)
    bodies = every_body()
    pairs = in_order(pairs_of(lines), bodies, by_amount=request.GET.get("sort") == "amount")
    if what == "pairs":
        rows = (_pair_cells(pair, bodies) for pair in pairs)
        return sheet_answer(request, form, name="who-shares", header=PAIR_HEADER, rows=rows)
    if what != "matrix":
        raise Http404
    header, rows = _whole_matrix(pairs, bodies)
    return sheet_answer(request, form, name="who-shares-matrix", header=header, rows=rows)


def _list(request, wanted: SharingFilter, pairs: list[Pair], bodies: dict[int, Body]) -> dict:
    pages = max(1, -(-len(pairs) // PAIRS))
    page = min(max(_number(request, "page"), 1), pages)
    shown = pairs[(page - 1) * PAIRS : page * PAIRS]
    flows_page = reverse("reports:flows")
    return {
        "pairs": [
            {
                "giver": bodies[pair.giver].name,
                "taker": bodies[pair.taker].name,
                "amount": pair.amount,
                "address": f"{flows_page}?{wanted.kept(giver=pair.giver, taker=pair.taker)}",
            }
            for pair in shown
        ],
        "count": len(pairs),
        "turn": {"page": page, "pages": pages, "before": page - 1, "after": page + 1},
    }


def _matrix(request, wanted: SharingFilter, pairs, bodies, by_amount: bool) -> dict:
    matrix = matrix_of(
        pairs,
        bodies,
        giver_kind=wanted.asked.get("giver_kind", ""),
        taker_kind=wanted.asked.get("taker_kind", ""),
        giver_page=_number(request, "giver_page"),
        taker_page=_number(request, "taker_page"),
        by_amount=by_amount,
    )
    flows_page = reverse("reports:flows")
    base = wanted.kept(giver=None, taker=None, form=None, sort=None)
    return {
        "matrix": matrix,
        "rows": list(_rows(matrix, wanted, flows_page, base)),
        "heads": [
            _head(place, wanted, "taker", flows_page, base) for place in matrix.takers.places
        ],
        "axes": [_axis(matrix.givers, wanted, "giver"), _axis(matrix.takers, wanted, "taker")],
        "all_address": f"{flows_page}?{base}",
    }


def _rows(matrix: Matrix, wanted: SharingFilter, page: str, base: str) -> Iterator[dict]:
    parts = [_part("taker", place.key) for place in matrix.takers.places]
    for giver, row in matrix.rows():
        start = f"{page}?{base}&{_part('giver', giver.key)}&"
        yield {
            "head": _head(giver, wanted, "giver", page, base),
            "cells": mark_safe(
                "".join(
                    _cell(giver.words, taker.words, amount, start + part)
                    for (taker, amount), part in zip(row, parts, strict=True)
                )
            ),
        }


def _cell(giver: str, taker: str, amount: Amount | None, address: str) -> str:
    """One cell as markup: there may be thousands, and a template would take its time over each."""
    if amount is None:
        return "<td></td>"
    words = f"{giver} to {taker}: {amount.flows:,} {'flow' if amount.flows == 1 else 'flows'}"
    marks = ""
    if amount.unconfirmed:
        words += f", {amount.unconfirmed:,} unconfirmed"
        marks += "u"
    if amount.waiting:
        words += f", {amount.waiting:,} not yet signed at both ends"
        marks += "n"
    mark = f"<sup>{marks}</sup>" if marks else ""
    return (
        f'<td><a href="{escape(address)}" aria-label="{escape(words)}" title="{escape(words)}">'
        f"{amount.flows:,}</a>{mark}</td>"
    )


def _head(place, wanted: SharingFilter, side: str, page: str, base: str) -> dict:
    """The head of a row or column: a kind unfolds, a body leads to its picture."""
    if place.is_kind:
        kept = wanted.kept(**{f"{side}_kind": place.key, f"{side}_page": None})
        address = f"?{kept}"
    else:
        address = f"{reverse('reports:picture')}?{wanted.kept(body=place.key, form=None)}"
    return {
        "place": place,
        "address": address,
        "total_address": f"{page}?{base}&{_part(side, place.key)}",
    }


def _axis(axis: Axis, wanted: SharingFilter, side: str) -> dict:
    """What is said of an axis: how many bodies, folded or not, and the ways to turn it."""
    name = f"{side}_page"
    return {
        "axis": axis,
        "words": "give" if side == "giver" else "receive",
        "fold": f"?{wanted.kept(**{f'{side}_kind': None, name: None})}" if axis.kind else "",
        "before": f"?{wanted.kept(**{name: axis.page - 1})}" if axis.page > 1 else "",
        "after": f"?{wanted.kept(**{name: axis.page + 1})}" if axis.page < axis.pages else "",
    }


def _part(side: str, key: int | str) -> str:
    return f"{side}_kind={key}" if isinstance(key, str) else f"{side}={key}"


def _pair_cells(pair: Pair, bodies: dict[int, Body]) -> list:
    amount = pair.amount
    names = [bodies[pair.giver].name, bodies[pair.taker].name]
    return [*names, amount.flows, amount.active, amount.waiting, amount.unconfirmed]


def _whole_matrix(pairs: list[Pair], bodies: dict[int, Body]) -> tuple[list, Iterator[list]]:
    takers = list(names_in([pair._replace(giver=pair.taker) for pair in pairs], bodies))
    givers = names_in([pair._replace(taker=pair.giver) for pair in pairs], bodies)
    amounts = {(pair.giver, pair.taker): pair.amount.flows for pair in pairs}
    header = ["Gives (down), receives (across)", *(bodies[pk].name for pk in takers), "Total"]

    def rows() -> Iterator[list]:
        for giver, name in givers.items():
            row = [amounts.get((giver, taker)) for taker in takers]
            yield [name, *row, sum(filter(None, row))]
        column = [sum(amounts.get((giver, taker), 0) for giver in givers) for taker in takers]
        yield ["Total", *column, sum(column)]

    return header, rows()


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 1
