"""Brings a list of bodies in: `manage.py import_organisations FILE [--dry-run] [--sheet NAME]
[--map "Column=field"]… [--partnership NAME]`.

Bodies are known by their numbers, then by their names; what is unsure is asked about and not guessed.
The last line gives the counts, which sum to the rows.
"""

from register.exchange.list_command import ListCommand


class Command(ListCommand):
    help = "Bring a list of bodies into the register, or say what would happen."
    kind = "organisations"
