"""Two people changed the same thing."""


class Conflict(Exception):
    """The row was changed since the form was opened: nothing is saved, both texts are shown."""

    def __init__(self, current, sentence: str = "") -> None:
        self.current = current
        self.sentence = sentence or "Somebody else changed this since you opened it."
        super().__init__(self.sentence)


def expect(row, row_version: int) -> None:
    """Go on only while a locked row still has the row version that the form was opened with.

    Raises Conflict with the row as it stands. The row must be read under a lock in the same act.
    """
    if row.row_version != row_version:
        raise Conflict(row)
