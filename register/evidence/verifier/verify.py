"""Checks a bundle of evidence without the register: python3 verify.py [--digest NUMBER HEX]

Needs Python 3.8 or newer and nothing else: no network, no other program, no file outside the folder
in which it lies. Prints a sentence for each thing that it checks, and ends with 0 when all agree or
with 1 when something does not. What each check proves, and what it cannot, stands in README.txt.
"""

import hashlib
import json
import os
import sys
from functools import partial

HERE = os.path.dirname(os.path.abspath(__file__))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHAINED = (
    "number", "at", "actor_kind", "actor_id", "actor_name", "verb", "subject_model", "subject_pk",
    "request_id", "words_sha256", "changes_count", "changes_sha256", "previous_sha256",
)  # fmt: skip
CHANGE = ("row_model", "row_pk", "history_id", "columns", "sha256", "about_model", "about_pk")
VERSION, SIGNATURE, SEAL = "documents.version", "signing.signature", "evidence.seal"


class Unreadable(Exception):
    """A file of the bundle is gone or damaged; its words are the sentence to print."""


class Findings:
    """What was found: each sentence is printed as it comes, and what disagrees is counted."""

    def __init__(self):
        self.wrong = 0

    def check(self, is_so, subject, good, bad):
        """Say of a subject what is so, or that it does not agree."""
        self.wrong += not is_so
        print(
            f"{'agrees         ' if is_so else 'DOES NOT AGREE '} {subject} {good if is_so else bad}"
        )

    def note(self, sentence):
        """Say what cannot be checked here, and why."""
        print("note            " + sentence)


def main(arguments):
    """Run every check in its order; the exit code."""
    findings, noted = Findings(), _noted(arguments)
    for step in (_manifest, _bodies, _ledger, _seals, _signatures, partial(_chain, noted)):
        try:
            step(findings)
        except Unreadable as trouble:
            findings.check(False, str(trouble), "", "")
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as trouble:
            findings.check(False, "A file of the bundle", "", f"is damaged ({trouble!r}).")
    if findings.wrong:
        print(f"\n{findings.wrong} checks did not agree. Do not rely on this bundle.")
        return 1
    print("\nEverything in this bundle agrees.")
    return 0


def _noted(arguments):
    if not arguments:
        return None
    if len(arguments) != 3 or arguments[0] != "--digest" or not arguments[1].isdigit():
        sys.exit("Usage: python3 verify.py [--digest NUMBER HEX]")
    return int(arguments[1]), arguments[2].strip().lower()


def _manifest(findings):
    files = _json("manifest.json")["files"]
    for name, expected in sorted(files.items()):
        found = _sha256(_bytes(name)) if _is_there(name) else "of nothing: it is missing"
        findings.check(
            found == expected, name, "has the SHA-256 that the manifest names.",
            f"was changed: its SHA-256 is {found}, the manifest names {expected}.",
        )  # fmt: skip
    for name in sorted(_present() - set(files) - {"manifest.json"}):
        findings.note(f"{name} is not part of the bundle and was not looked at.")


def _bodies(findings):
    for version in _json("versions.json")["versions"]:
        named, content = f"Version {version['number']}:", _bytes(version["body"])
        expected = version["redacted_sha256"] or version["text_sha256"]
        findings.check(
            _sha256(content) == expected, named,
            f"the text in {version['body']} has the SHA-256 {expected}.",
            f"the text in {version['body']} was changed: its SHA-256 is not {expected}.",
        )  # fmt: skip
        if version["redacted_sha256"]:
            findings.note(
                f"{named} part of the text was redacted on {version['redacted_on']}. "
                f"What was signed had the SHA-256 {version['text_sha256']}."
            )
        findings.check(
            _short_code(version["text_sha256"]) == version["code"], named,
            f"its text code is {version['code']}.",
            f"the text code {version['code']} does not belong to its text.",
        )  # fmt: skip
        body = json.loads(content.decode("utf-8"))
        findings.check(
            body["version"] == version["number"], named,
            f"its text is that of version {body['version']} of {body['reference']}.",
            f"its text says that it is version {body['version']}.",
        )  # fmt: skip
        _governing_file(findings, named, version["governing_file"], body.get("governing_file"))


def _governing_file(findings, named, path, told):
    if told and not path:
        findings.note(f"{named} its governing file is not in the bundle.")
    elif told:
        findings.check(
            _sha256(_bytes(path)) == told["sha256"], named,
            f"{path} is the file whose SHA-256 stands in its text.",
            f"{path} is not the file whose SHA-256 stands in its text.",
        )  # fmt: skip


def _ledger(findings):
    entries = _json("ledger/entries.json")["entries"]
    for entry in entries:
        _entry(findings, entry)
    lists = {entry["number"]: entry["changes"] for entry in entries}
    for row in _json("ledger/rows.json")["rows"]:
        _row(findings, row, lists.get(row["entry"], []))


def _entry(findings, entry):
    named = f"Entry {entry['number']} of the ledger"
    found = _sha256(_plain({name: entry[name] for name in CHAINED}))
    findings.check(
        found == entry["sha256"], named,
        f"({entry['verb']}, {entry['at']}) has the digest {entry['sha256']}.",
        f"was changed: its digest is not {entry['sha256']}.",
    )  # fmt: skip
    if entry["changes"] is None:
        findings.note(f"{named} also changed other records, so its changes are not listed.")
        return
    lines = [_plain({name: change[name] for name in CHANGE}) for change in entry["changes"]]
    whole = _sha256(b"".join(line + b"\n" for line in lines))
    findings.check(
        whole == entry["changes_sha256"] and len(lines) == entry["changes_count"], named,
        f"lists all of its changes ({len(lines)}).", "had its list of changes changed.",
    )  # fmt: skip


def _row(findings, row, changes):
    named = f"The {row['row_model'].split('.')[1]} row {row['row_pk']} in entry {row['entry']}"
    if changes is not None:
        listed = [{name: change[name] for name in CHANGE} for change in changes]
        findings.check(
            {name: row[name] for name in CHANGE} in listed, named,
            "stands among the changes of that entry.",
            "does not stand among the changes of that entry.",
        )  # fmt: skip
    if not row["salt"]:
        findings.note(f"{named} was redacted: its digest stays, and cannot be made again.")
        return
    columns = _sha256(_plain([row["row_model"], sorted(row["values"])]))
    found = _sha256(row["salt"].encode("utf-8") + _plain(row["values"]))
    findings.check(
        found == row["sha256"] and columns == row["columns"], named,
        "says what the ledger digested.",
        "was changed: it does not say what the ledger digested.",
    )  # fmt: skip


def _seals(findings):
    told = _newest_rows()
    for version in _json("versions.json")["versions"]:
        seal = version["seal"]
        if not seal:
            findings.note(f"Version {version['number']} has no sealed PDF in this bundle.")
            continue
        row = told.get((SEAL, str(seal["id"]))) or {}
        found, held = _sha256(_bytes(seal["path"])), row.get("file_id")
        findings.check(
            found == seal["sha256"] == held and row.get("version_id") == version["id"],
            seal["path"], "is the PDF that was sealed: its SHA-256 stands in the ledger.",
            f"is not the PDF that was sealed: its SHA-256 is {found}, the ledger holds {held}.",
        )  # fmt: skip


def _signatures(findings):
    versions, told = {}, _newest_rows()
    for version in _json("versions.json")["versions"]:
        versions[version["number"]] = version
        row = told.get((VERSION, str(version["id"]))) or {}
        findings.check(
            (row.get("body_sha256"), row.get("number"))
            == (version["text_sha256"], version["number"]),
            f"Version {version['number']}:", "the ledger holds its text hash.",
            "the ledger does not hold its text hash.",
        )  # fmt: skip
    for one in _json("signatures.json")["signatures"]:
        named = f"Signature {one['id']} ({one['kind']}, {one['person_name']}, {one['body_name']})"
        row = told.get((SIGNATURE, str(one["id"]))) or {}
        differing = [name for name in sorted(one) if row.get(name, one[name]) != one[name]]
        findings.check(
            row and not differing, named, "is told as the ledger holds it.",
            f"is not told as the ledger holds it: {', '.join(differing) or 'it is not there'}.",
        )  # fmt: skip
        findings.check(
            one["body_sha256"] == versions[one["version"]]["text_sha256"], named,
            f"is for the text of version {one['version']}.",
            f"is not for the text of version {one['version']}.",
        )  # fmt: skip
        if one["statement_sha256"]:
            findings.check(
                _sha256(one["statement"].encode("utf-8")) == one["statement_sha256"], named,
                "has the statement whose SHA-256 was recorded.", "has a statement that was changed.",
            )  # fmt: skip


def _chain(noted, findings):
    digests, head = _digests(findings), _json("manifest.json")["ledger_head"]
    findings.check(
        digests.get(head["number"]) == head["sha256"], "The list of digests",
        f"reaches to entry {head['number']}, the newest when the bundle was made.",
        f"does not end with entry {head['number']} as the manifest names it.",
    )  # fmt: skip
    for entry in _json("ledger/entries.json")["entries"]:
        number = entry["number"]
        before = digests.get(number - 1, "") if number > 1 else ""
        findings.check(
            digests.get(number) == entry["sha256"] and before == entry["previous_sha256"],
            f"Entry {number}", "stands in the list of digests and names the one before it.",
            "does not fit into the list of digests.",
        )  # fmt: skip
    if noted:
        findings.check(
            digests.get(noted[0]) == noted[1], f"Entry {noted[0]}", "has the digest that you noted.",
            "does not have the digest that you noted.",
        )  # fmt: skip


def _digests(findings):
    found = {}
    for line in _bytes("ledger/digests.txt").decode("ascii").splitlines():
        number, digest = line.split(" ")
        if found and int(number) - 1 not in found:
            findings.check(False, "The list of digests", "", f"has a gap before entry {number}.")
        found[int(number)] = digest
    return found


def _newest_rows():
    rows = _json("ledger/rows.json")["rows"]
    return {(row["row_model"], row["row_pk"]): row["values"] for row in rows}


def _short_code(digest):
    number = int(digest[:13], 16) >> 2
    letters = "".join(LETTERS[(number >> shift) & 31] for shift in range(45, -1, -5))
    return letters[:5] + "-" + letters[5:]


def _plain(value):
    # RFC 8785 for what stands in a ledger: texts, whole numbers, true, false and nothing.
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8")


def _sha256(content):
    return hashlib.sha256(content).hexdigest()


def _json(name):
    try:
        return json.loads(_bytes(name).decode("utf-8"))
    except ValueError as error:
        raise Unreadable(f"{name} cannot be read: it is damaged.") from error


def _bytes(name):
    if not _is_there(name):
        raise Unreadable(f"{name} is missing from the bundle.")
    with open(os.path.join(HERE, name), "rb") as file:
        return file.read()


def _is_there(name):
    path, here = os.path.realpath(os.path.join(HERE, name)), os.path.realpath(HERE)
    return path.startswith(here + os.sep) and os.path.isfile(path)


def _present():
    found = set()
    for folder, _, names in os.walk(HERE):
        found.update(os.path.relpath(os.path.join(folder, name), HERE) for name in names)
    return {name.replace(os.sep, "/") for name in found}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
