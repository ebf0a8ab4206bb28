"""Which titles are told to be perhaps one and the same, and where that counts."""

from register.cleanup.alike import earliest_of
from register.cleanup.likeness import Place, pairs_of, stand_together, title_of


def pairs(*titles):
    return {(one, other) for one, other, _ in pairs_of(map(title_of, range(len(titles)), titles))}


def test_order_and_the_words_that_every_title_has_do_not_count():
    assert pairs("Hearth checks", "Information sharing agreement: checks, hearth") == {(0, 1)}


def test_other_words_and_other_numbers_are_other_agreements():
    assert not pairs("Troubled families phase 1", "Troubled families phase 2")
    assert not pairs("Adult social care", "Children social housing")


def test_titles_of_such_words_alone_are_compared_whole():
    assert pairs("Data sharing agreement", "Data Sharing Agreement") == {(0, 1)}
    assert not pairs("Data sharing agreement", "Information protocol")


def test_a_word_in_very_many_titles_does_not_make_every_pair_compared():
    many = [f"Shelter {chr(97 + n // 26)}{chr(97 + n % 26)}xyz" for n in range(500)]
    assert (500, 501) in pairs(*many, "Shelter quarry", "Quarry shelter")


def test_entries_that_share_nobody_are_not_the_same():
    council, police = Place({1}), Place({2})
    assert stand_together(council, Place({1, 2}))
    assert not stand_together(council, police)
    assert not stand_together(Place({1, 9}), Place({2, 9}))
    assert stand_together(Place({1, 9}), Place({1, 2, 3, 9}))
    assert stand_together(Place({1}, community=5), Place({2}, community=5))
    assert stand_together(Place(), Place())
    assert not stand_together(Place(), police)


def test_of_each_group_that_is_chosen_the_earliest_stays():
    alike = {1: [2, 3], 2: [1, 3], 3: [1, 2], 7: [8], 8: [7]}
    assert earliest_of([1, 2, 3], alike) == {1}
    assert earliest_of([2, 3], alike) == set()  # the first was not chosen, and is left
    assert earliest_of([1, 2, 3, 7, 8], alike) == {1, 7}
