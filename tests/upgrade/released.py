"""The tables of each release, by its newest migration in every room that had any."""

RELEASES: dict[str, dict[str, str]] = {
    "the first": {
        "accounts": "0001_initial", "agreements": "0002_initial", "charters": "0002_initial",
        "directory": "0001_initial", "documents": "0001_initial", "exchange": "0001_initial",
        "jobs": "0001_initial", "ledger": "0001_initial", "lists": "0001_initial",
        "notices": "0001_initial", "printing": "0001_initial", "search": "0002_full_text",
        "signing": "0001_initial",
    },
    "flows and rules": {
        "flows": "0001_flows", "requests": "0001_initial", "risks": "0001_risks",
        "api": "0001_tokens", "charters": "0003_scope", "directory": "0002_assurance",
        "documents": "0002_rules_kept", "exchange": "0002_flows", "ledger": "0002_entry_at",
        "lists": "0002_facts", "reports": "0001_reports", "tasks": "0001_initial",
    },
    "signing online": {
        "advice": "0001_advice", "approval": "0001_approval", "chasing": "0001_initial",
        "consultation": "0001_initial", "documents": "0003_version_hash", "evidence": "0001_seals",
        "notices": "0003_answers", "signing": "0002_online",
    },
    "the officer's day": {
        "bulk": "0001_tasks", "concerns": "0001_concerns", "documents": "0005_copied_from",
        "endings": "0001_endings", "jobs": "0002_failed_items", "packs": "0001_packs",
        "past": "0001_initial", "printing": "0002_papers", "reviews": "0001_reviews",
        "saved": "0001_views", "signing": "0003_signatures_by_day", "tasks": "0002_kinds",
        "worklist": "0001_work",
    },
    "moving in": {
        "cleanup": "0001_alike", "directory": "0003_succeeded_on", "everything": "0001_initial",
        "exchange": "0004_lists", "jobs": "0004_runs_counted", "records": "0001_records",
        "succession": "0001_succession",
    },
}  # fmt: skip
