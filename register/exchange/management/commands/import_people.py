"""Brings a list of people and posts in: `manage.py import_people FILE [--dry-run] [--sheet NAME]
[--map "Column=field"]… [--partnership NAME]`.

No login is made and nothing is mailed. The last line gives the counts, which sum to the rows.
"""

from register.exchange.list_command import ListCommand


class Command(ListCommand):
    help = "Bring posts and who holds them into the register, or say what would happen."
    kind = "people"
