"""Keeps the audit promise: every model is tracked, or stands on one list with its reason."""

import pytest
from django.apps import apps
from django.db import models

from register.documents.models import Content
from register.documents.tiers import TIERS
from register.ledger.tracked import Tracked, unprotected_foreign_keys

OURS = ("register", "charters", "agreements")
NOT_TRACKED = {
    "accounts.User": "a login; who somebody is stands in the directory, which is tracked",
    "ledger.Head": "the end of the chain itself",
    "ledger.Entry": "the chain itself",
    "ledger.Columns": "part of the chain",
    "ledger.Change": "part of the chain",
    "ledger.Redaction": "append-only, written with an entry",
    "ledger.AccessEvent": "sign-ins and refusals: a stranger must never lock the chain",
    "ledger.Trace": "addresses and browsers, erased in time; the entry keeps a digest",
    "jobs.Run": "what the worker did last",
    "jobs.Heartbeat": "which worker is alive",
    "jobs.RestoredCopy": "the mark of a restored copy; its release is an act",
    "cleanup.Alike": "worked out from titles and bodies, made anew by the worker",
    "cleanup.Standing": "numbers that the worker counts anew",
    "everything.Export": "a request and what became of it; asking is an act",
    "jobs.FailedItem": "what the worker could not do yet, gone when it is done",
    "notices.Notice": "the outbox",
    "directory.MembershipUserObjectPermission": "derived from appointments",
    "directory.MembershipGroupObjectPermission": "not used",
    "directory.PartnershipUserObjectPermission": "derived from appointments",
    "directory.PartnershipGroupObjectPermission": "not used",
    "directory.AssuranceLevel": "derived from facts of assurance, rebuildable",
    "approval.Guesses": "how often a keyed address tried links that never were, gone after a day",
    "consultation.GuestAddress": "a contact detail, kept apart so that it can be erased",
    "consultation.GuestLink": "hashes of links, gone when the consultation closes",
    "consultation.NamedReader": "derived with the readers of a document",
    "reviews.AskAddress": "a contact detail, kept apart so that it can be erased",
    "reviews.AskLink": "hashes of links, gone when the review closes",
    "reviews.PlannedDate": "what the register set by itself last; the date stands on the document",
    "endings.ProofLink": "hashes of links, gone when the proof is given",
    "documents.ReferenceCounter": "a counter",
    "documents.Reader": "derived from parties and visibility",
    "documents.StoredFile": "bytes under their digest, append-only",
    "documents.VersionBody": "the signed bytes, append-only, digest on the tracked version",
    "documents.Transition": "append-only, written with an entry",
    "api.Token": "a secret of a login, as its sessions are; making one stands in the log of access",
    "documents.Check": "derived from the rules, asked again whenever an input changes",
    "documents.BrokenRule": "derived from the rules",
    "flows.Line": "derived from flows, rebuildable",
    "flows.FlowCategory": "derived from flows, rebuildable",
    "flows.Citation": "derived from flows, rebuildable",
    "documents.Unsaved": "typing that nobody saved",
    "search.Row": "derived, rebuildable",
    "search.RowBody": "derived, rebuildable",
    "search.RowReader": "derived, rebuildable",
    "search.Reference": "derived, rebuildable",
    "search.Text": "derived, rebuildable",
    "past.Span": "derived from history, rebuildable",
    "past.SpanBody": "derived from history, rebuildable",
    "saved.SavedView": "what somebody keeps for convenience; it changes no entry",
    "saved.DefaultView": "with which view somebody opens the register",
    "saved.WithoutKeys": "who switched the shortcuts off",
    "bulk.BulkTask": "what was chosen and became of it; the acts on each entry are in the ledger",
    "worklist.LastVisit": "when a login was last here, for its own home page",
    "worklist.MailChoice": "how often a login wants its digest",
    "worklist.Feed": "a secret of a login, as its tokens are; kept as a digest",
    "printing.PrintRequest": "a request and what became of it",
    "printing.PrintedVersion": "part of a request",
    "evidence.SealCertificate": "certificates under their fingerprint, append-only",
    "evidence.Sealing": "work of the worker; what it made is tracked as Seal",
    "evidence.Visits": "counts of an hour under a digest that nobody can trace back, thrown away daily",
    "signing.RequestTrace": "a request's way to the person; no act of anybody's",
    "signing.RequestMail": "ties a request to its messages in the outbox",
    "signing.SignLink": "hashes of links that expire",
    "signing.SignCode": "hashes of codes that hold for half an hour",
    "signing.KnownDevice": "hashes of browsers, forgotten in time",
    "chasing.Told": "what was said once already; the saying itself is an act",
    "chasing.ReachMail": "a token's hash and what came back; sending is an act",
    "records.RedactionRequest": "holds the very text that is to go; asking and deciding are acts",
    "records.DisposalRun": "what was proposed and became of it; its steps are acts",
    "records.DisposalItem": "part of a disposal; what became of an entry is an act",
    "exchange.Import": "an upload and what became of it; its acts are in the ledger",
    "exchange.ImportedRow": "what a file said last time, so that the same file changes nothing",
    "exchange.ImportedBody": "what a list said last time, so that the same list changes nothing",
    "exchange.Bundle": "a ZIP of signed files and what became of it; what is attached is tracked",
    "exchange.BundledFile": "a file of a ZIP before it is attached; then the attachment is tracked",
    "exchange.ImportedFlow": "what a sheet said last time, so that the same sheet changes nothing",
    "exchange.Mapping": "how a file was read, proposed for the next one; what came in by it is tracked",
    "exchange.ReportedRow": "what a dry run says of a row; what is done about it is an act",
    "exchange.Mend": "what was typed into a file before it came in",
    "exchange.AppliedChunk": "what an act wrote, derived from it, so that it can be taken back",
    "exchange.TakenBack": "which entries of the ledger took an import back, derived from them",
}


def our_models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and "Historical" not in model.__name__
    ]


def test_every_model_is_tracked_or_says_why_not():
    untracked = {m._meta.label for m in our_models() if not issubclass(m, Tracked)}
    assert untracked <= set(NOT_TRACKED), sorted(untracked - set(NOT_TRACKED))


def test_no_reason_stands_for_a_model_that_is_gone():
    known = {model._meta.label for model in our_models()}
    assert set(NOT_TRACKED) <= known, sorted(set(NOT_TRACKED) - known)


def test_every_foreign_key_of_a_tracked_model_is_protected():
    assert not unprotected_foreign_keys()


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_every_model_says_what_it_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_who_and_when_go_together(model):
    names = {field.name for field in model._meta.concrete_fields}
    for name in names:
        if name.endswith("_by") and name not in {"supported_by", "kept_by", "sign_by", "object_by"}:
            assert f"{name[:-3]}_at" in names or f"{name[:-3]}_on" in names


@pytest.mark.parametrize("model", Content.kinds(), ids=lambda m: m._meta.label)
def test_every_row_of_content_is_frozen_with_its_version(model):
    assert model.frozen_by == "version_id"
    assert any(
        isinstance(rule, models.UniqueConstraint) and rule.fields == ("version", "lineage")
        for rule in model._meta.constraints
    )


def test_every_tier_has_plugged_in():
    assert sorted(TIERS) == [1, 2, 3]
