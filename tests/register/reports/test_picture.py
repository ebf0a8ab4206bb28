"""The flow picture: well-formed, the same figures as its table, links, contrast."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from register.reports.picture import COLOURS, MOST, picture_of
from register.reports.seen import Body
from register.reports.who_shares import Amount, Pair
from tests.register.reports import sharing
from tests.register.reports.sharing import ask, flow

SVG = "{http://www.w3.org/2000/svg}"


def named(number):
    return {pk: Body(pk, f"Body {pk:03} & “Sons” <x>", "", "") for pk in range(1, number + 1)}


def drawn(pairs, number=200):
    return picture_of(
        [Pair(giver, taker, Amount(n, n, 0)) for giver, taker, n in pairs],
        named(number),
        title="Who sends to whom",
        address_of=lambda giver, taker: f"/flows/?giver={giver}&taker={taker}",
    )


def test_the_drawing_is_well_formed_named_and_says_what_the_table_says():
    picture = drawn([(1, 2, 5), (1, 3, 2), (2, 1, 7)])
    root = ElementTree.fromstring(picture.svg)
    assert root.find(f"{SVG}title").text == "Who sends to whom"
    assert root.find(f"{SVG}desc").text.startswith("14 flows from 2 senders on the left to 3")
    said = [title.text for title in root.iter(f"{SVG}title") if " to Body " in title.text]
    table = [f"{b.giver} to {b.taker}: {b.amount.flows}" for b in picture.bands]
    assert sorted(said) == sorted(table)
    links = [link.get("href") for link in root.iter(f"{SVG}a")]
    assert links == [band.address for band in picture.bands]
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=", picture.svg)
    images = [part for part in root.iter() if part.get("role") == "img"]
    assert len(images) == 1
    assert not list(images[0].iter(f"{SVG}a"))  # what can be followed never stands in an image


def test_the_sums_beside_the_bars_are_those_of_the_table():
    picture = drawn([(1, 2, 5), (1, 3, 2), (2, 1, 7)])
    texts = ["".join(t.itertext()) for t in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]
    sums = [int(re.search(r"\((\d+)\)$", text)[1]) for text in texts]
    assert sorted(sums) == [2, 5, 7, 7, 7]


def test_names_never_overlap_however_many_bodies_there_are():
    picture = drawn([(pk, 100 + pk, 1) for pk in range(1, 41)])
    rows = [float(t.get("y")) for t in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]
    left = sorted(rows[:40])
    assert min(b - a for a, b in pairwise(left)) >= 16


def test_the_smallest_of_very_many_stand_together_and_nothing_is_lost():
    picture = drawn([(pk, 200, pk) for pk in range(1, 101)])
    assert len(picture.bands) == MOST
    assert picture.folded == 100 - (MOST - 1)
    assert sum(band.amount.flows for band in picture.bands) == 5050
    assert picture.bands[-1].giver == "Other bodies"


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_bars_stand_out_on_paper_and_neighbours_differ_in_grey():
    light = [luminance(colour) for colour in COLOURS]
    assert min(1.05 / (one + 0.05) for one in light) >= 3
    around = zip(light, light[1:] + light[:1], strict=True)
    assert min(abs(one - other) for one, other in around) >= 0.03


@pytest.mark.django_db
def test_the_page_shows_one_body_with_table_and_picture_of_the_same_figures(framework, county):
    sharing.agreement(
        framework,
        flow("Plans", county.council, [county.police, county.trust]),
        flow("Replies", county.police, county.council),
    )
    page = ask(county.users["office"], f"/who-shares/picture/?body={county.trust.pk}")
    words = page.content.decode()
    assert [(b.giver, b.amount.flows) for b in page.context["picture"].bands] == [
        (county.council.legal_name, 1)
    ]
    assert words.index("The figures of the picture") < words.index("<svg")
    assert f"giver={county.council.pk}&amp;taker={county.trust.pk}" in words
    followed = ask(county.users["office"], page.context["picture"].bands[0].address)
    assert followed.context["page"].count == 1
