"""Where information flows hang on to the rooms below."""


def plug_in() -> None:
    """Called once, when the program starts."""
