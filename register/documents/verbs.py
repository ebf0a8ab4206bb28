"""What the acts on documents are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "document.started": "Started",
        "document.changed": "Facts changed",
        "document.readers_named": "Readers named",
        "document.reference_added": "Other reference added",
        "document.reference_removed": "Other reference removed",
        "document.suspended": "Sharing suspended",
        "document.resumed": "Sharing resumed",
        "document.archived": "Archived",
        "document.confirmed": "Imported entry confirmed",
        "document.released": "Released for messages",
        "document.ended": "Ended by decision",
        "document.imported": "Imported",
        "version.written": "Text changed",
        "version.changed": "Title, dates or conditions changed",
        "version.file_governs": "Governing file attached",
        "version.clauses_govern": "Clauses written instead of a file",
        "version.revised": "Revision started",
        "version.admitted": "Admitted from an import",
        "version.corrected": "Corrected from an import",
        "version.parties_named": "Parties added from an import",
        "version.draft": "Taken back to draft",
        "version.consultation": "Opened for consultation",
        "version.sent_with_gaps": "Sent with gaps",
        "rule.set": "Rule made a bar or a warning",
        "version.issued": "Issued for signature, text frozen",
        "version.signing": "Out for signature",
        "version.returned": "Returned for changes",
        "version.in_force": "Came into force",
        "version.under_review": "Put under review",
        "version.superseded": "Superseded",
        "version.ended": "Ended",
        "file.attached": "File attached",
        "file.removed": "File taken off the page",
        "note.written": "Note written",
        "note.changed": "Note changed",
        "note.followed_up": "Followed up",
    }
)
