"""How much of a spreadsheet the register reads before it stops with a sentence."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 50 * MEGABYTE  # an office file, still packed
TEXT_BYTES = 100 * MEGABYTE  # a CSV file, which is never packed
UNPACKED_BYTES = 100 * MEGABYTE
PARTS = 2_000  # files inside a workbook
PACKING = 600  # unpacked to packed; a million empty rows pack about 450 to 1
PACKING_FROM = 10 * MEGABYTE  # smaller files cannot do harm however well they pack

ROWS = 200_000
ROWS_ABOVE = 30  # titles and headings over them
COLUMNS = 200
AREA = 6_000_000  # cells between the first and the furthest one, empty ones included
CELL_CHARACTERS = 100_000

CHILD_MEMORY = 768 * MEGABYTE
CHILD_OUTPUT = 160 * MEGABYTE
CHILD_CPU_SECONDS = 40
# The time on the clock bounds what hangs; on a busy machine work of a few seconds may take long.
CHILD_SECONDS = 240


class Refused(Exception):
    """The file cannot be taken; the message is a sentence for the person who sent it."""
