"""Why a whole register is not written, read or replaced, as a sentence."""


class Refused(Exception):
    """The archive or the installation does not allow it; the message says why and what to do."""


NOT_OWNER = (
    "Only the owner of the tables may do this: set MIGRATE_DATABASE_URL. Nothing was changed."
)
