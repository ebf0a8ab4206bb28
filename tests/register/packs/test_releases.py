"""Release copies: who may decide one, what is recorded, and what stands in the PDF."""

import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from register.directory.models import Person
from register.directory.services import merging, people
from register.ledger.models import Entry
from register.packs import services
from register.packs.models import Release, WithheldPart
from register.packs.naming import posts_by_name
from register.packs.releasing import released
from register.printing import services as printing
from register.printing.refusals import PrintFailed
from tests import make
from tests.register.packs.conftest import JUNIOR, SENIOR, TEST, printed
from tests.register.packs.test_papers import words_of

pytestmark = pytest.mark.django_db
WHY = "It would show how the police find a missing child."


@pytest.fixture
def version(papers):
    return papers.agreement.shown


def decide(papers, version, **facts):
    facts.setdefault("withheld", {"clause:1": ("s31", WHY)})
    facts.setdefault("named_posts", ("chief_executive",))
    return services.release(by=papers.cast.office, version=version, **facts)


def address(page, document, number):
    return reverse(f"packs:{page}", args=[document.reference, number])


def test_the_copy_is_decided_on_a_page_and_printed_by_the_worker(papers, version, as_):
    client = as_("office")
    page = client.get(address("release", papers.agreement, 1))
    assert "Clause 1 Purpose" in page.content.decode()
    parts = [part.code for part in page.context["form"].parts]
    n = parts.index("clause:1")
    answer = client.post(
        address("release", papers.agreement, 1),
        {f"ground_{n}": "s31", f"because_{n}": WHY, "is_decided": "on", "named_posts": "chief_executive",
         "requested_as": "FOI 2026/114"},
    )  # fmt: skip
    made = Release.objects.get()
    assert answer.url == made.get_absolute_url()
    told = client.get(answer.url).content.decode()
    assert "Law enforcement" in told
    assert WHY in told
    assert "FOI 2026/114" in told
    assert JUNIOR in told
    assert SENIOR not in told
    asked, pdf = printed(client, client.post(address("print_release", papers.agreement, made.pk)))
    assert "-in-force-release-copy-" in asked.name
    said = words_of(pdf)
    assert "RELEASE COPY" in said
    assert "section 31 (law enforcement)" in said
    assert JUNIOR not in said
    assert "Why we share." not in said
    assert WHY not in said
    assert "Ask the manager, " in said
    assert "To keep children safe." in said
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.attachments) == 0
        assert JUNIOR not in str(opened.open_metadata())


def test_senior_names_stay_as_far_as_they_are_said_to(papers, version):
    _, frame, names = released(decide(papers, version))
    assert JUNIOR.lower() in names
    told = str(frame["signatures"])
    assert JUNIOR not in told
    everybody = decide(papers, version, named_posts=("chief_executive", "operational_manager"))
    assert JUNIOR.lower() not in released(everybody)[2]


def test_earlier_names_deputies_and_people_of_a_merged_record_are_replaced(papers, version):
    manager = Person.objects.get(name=JUNIOR)
    people.rename_person(
        by=TEST, person=manager, row_version=manager.row_version, name="Bethan Okonedo"
    )
    assert {JUNIOR, "Bethan Okonedo"} <= set(posts_by_name(version, ("chief_executive",)))
    chief = papers.cast.council.organisation.posts.get(kind="chief_executive")
    make.appoint(chief, "Deputy Trelawney", capacity="deputy")
    named = posts_by_name(version, ("chief_executive",))
    assert "Deputy Trelawney" in named
    assert SENIOR not in named
    old = make.organisation("Old county council")
    make.appoint(make.post(old, "operational_manager"), "Idris Vaughan-Rees")
    assert "Idris Vaughan-Rees" not in posts_by_name(version, ())
    merging.merge_organisations(
        by=TEST, duplicate=old, into=papers.cast.council.organisation, row_version=old.row_version
    )
    assert "Idris Vaughan-Rees" in posts_by_name(version, ())


def test_the_act_stands_in_the_history_of_those_who_keep_the_entry_only(papers, version, as_):
    decide(papers, version, requested_as="FOI 1")
    entry = Entry.objects.filter(verb="release.made").get()
    assert entry.actor_name == papers.cast.office.person.name
    row = WithheldPart.objects.get()
    assert (row.ground, row.because, row.heading) == ("s31", WHY, "Clause 1 Purpose")
    page = reverse("documents:history", args=[papers.agreement.reference])
    assert "Release copy made" in as_("office").get(page).content.decode()
    assert "Release copy made" not in as_("off_b").get(page).content.decode()
    assert as_("off_b").get(Release.objects.get().get_absolute_url()).status_code == 404


def test_only_who_keeps_the_entry_may_make_one_and_never_of_a_draft(papers, version):
    with pytest.raises(PermissionDenied, match="Only officers of"):
        services.release(by=papers.cast.off_b, version=version, withheld={})
    with pytest.raises(PermissionDenied, match="only a text that was issued"):
        services.release(by=papers.cast.office, version=papers.draft.shown, withheld={})
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("withheld", "sentence"),
    [
        ({"clause:1": ("s31", " ")}, "Say why “Clause 1 Purpose” is withheld"),
        ({"clause:1": ("s999", WHY)}, "Choose the exemption under which “Clause 1 Purpose”"),
        ({"clause:77": ("s31", WHY)}, "The text was changed meanwhile"),
    ],
)
def test_a_part_without_its_ground_or_reason_is_refused(papers, version, withheld, sentence):
    with pytest.raises(ValidationError, match=sentence):
        decide(papers, version, withheld=withheld)
    assert not Release.objects.exists()


def test_the_page_asks_for_both_and_keeps_what_was_typed(papers, as_):
    answer = as_("office").post(
        address("release", papers.agreement, 1), {"ground_0": "s40", "requested_as": "FOI 7"}
    )
    assert answer.status_code == 422
    assert "Say why “" in answer.content.decode()
    assert "FOI 7" in answer.content.decode()
    assert "Tick the box when you have decided on every part." in answer.content.decode()


def test_a_copy_of_a_text_that_was_corrected_since_is_not_printed(papers, version):
    made = decide(papers, version)
    made.text_sha256 = "0" * 64
    with pytest.raises(PrintFailed, match="corrected or redacted"):
        released(made)


def test_a_print_whose_record_is_gone_or_that_nobody_makes_any_more_says_so(papers, version):
    lost = printing.ask(user=papers.cast.office, versions=[version], paper="release", about=999_999)
    assert not printing.make(lost)
    assert "Make it again" in lost.failure
    lost.paper, lost.tries = "parchment", 0
    assert not printing.make(lost)
    assert "not made any more" in lost.failure
