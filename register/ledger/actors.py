"""Who acts: a person, the system doing a named job, or the holder of a link."""

from dataclasses import dataclass

PERSON, SYSTEM, LINK = "person", "system", "link"
KINDS = (PERSON, SYSTEM, LINK)


class ActorRequired(ValueError):
    """Nobody was named as the one who acts."""


@dataclass(frozen=True)
class Actor:
    """The one who acts, as the ledger keeps them: kind, identifier and name at the time."""

    kind: str
    id: str
    name: str

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ActorRequired(f"An actor is a person, the system or a link, not {self.kind!r}.")
        if not str(self.id).strip() or not str(self.name).strip():
            raise ActorRequired(f"An actor of the kind {self.kind!r} needs an id and a name.")
        object.__setattr__(self, "id", str(self.id))

    @property
    def key(self) -> str:
        """The actor in one word, such as person:12 or system:remind."""
        return f"{self.kind}:{self.id}"

    def __str__(self):
        return self.name


def actor_of(by) -> Actor:
    """The actor meant by an Actor, by "system:job", or by anything with an `actor`.

    Raises ActorRequired when that names nobody.
    """
    if isinstance(by, Actor):
        return by
    if isinstance(by, str) and by.startswith("system:") and by[7:].strip():
        job = by[7:].strip()
        return Actor(SYSTEM, job, f"The register ({job})")
    actor = getattr(by, "actor", None)
    if isinstance(actor, Actor):
        return actor
    raise ActorRequired(
        f"{by!r} cannot act: name a person, an actor, or a job of the system such as "
        "'system:remind'."
    )
