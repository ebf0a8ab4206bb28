"""The one way a print ends without a PDF: a sentence that says what to do."""

REFUSED = 3  # the exit code of a child process that says why in a sentence


class PrintFailed(Exception):
    """A PDF was not made; `sentence` says why and what to do next."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence
