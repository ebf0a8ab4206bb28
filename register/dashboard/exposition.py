"""Figures in the text that Prometheus reads, format 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
COUNTER, GAUGE, HISTOGRAM = "counter", "gauge", "histogram"


@dataclass
class Family:
    """One figure with its name, what it says, and a sample for each set of labels."""

    name: str
    kind: str
    says: str
    samples: list[tuple[str, dict[str, str], float]] = field(default_factory=list)

    def add(
        self, value: float, labels: Mapping[str, object] | None = None, ending: str = ""
    ) -> Family:
        """Add a sample; `ending` goes behind the name, as "_bucket" does."""
        words = {key: str(word) for key, word in (labels or {}).items()}
        self.samples.append((f"{self.name}{ending}", words, float(value)))
        return self


def written(families: Iterable[Family]) -> str:
    """The families as one text; one without samples is left out."""
    lines: list[str] = []
    for family in families:
        if not family.samples:
            continue
        lines += [
            f"# HELP {family.name} {_plain(family.says)}",
            f"# TYPE {family.name} {family.kind}",
            *(
                f"{name}{_labels(labels)} {_number(value)}"
                for name, labels, value in family.samples
            ),
        ]
    return "\n".join(lines) + "\n"


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{key}="{_quoted(word)}"' for key, word in labels.items()) + "}"


def _quoted(word: str) -> str:
    return _plain(word).replace('"', '\\"')


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
