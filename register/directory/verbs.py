"""What the acts of the directory are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "partnership.added": "Partnership added",
        "partnership.changed": "Settings changed",
        "partnership.posts_set": "Expected posts changed",
        "membership.added": "Joined the partnership",
        "membership.changed": "Membership changed",
        "membership.ended": "Membership ended",
        "community.added": "Community added",
        "community.changed": "Community changed",
        "community.joined": "Joined the community",
        "community.left": "Left the community",
        "organisation.added": "Body added",
        "organisation.found": "Unconfirmed bodies added",
        "organisation.changed": "Body changed",
        "organisation.ended": "Body ended",
        "organisation.confirmed": "Body confirmed",
        "organisation.merged": "Record merged into another",
        "organisation.name_added": "Name added",
        "organisation.name_removed": "Name removed",
        "organisation.identifier_added": "Identifier added",
        "organisation.identifier_ended": "Identifier ended",
        "arrangement.joined": "Joined the arrangement",
        "arrangement.left": "Left the arrangement",
        "post.added": "Post added",
        "post.changed": "Post changed",
        "post.ended": "Post ended",
        "post.filled": "Post filled",
        "appointment.made": "Appointed",
        "appointment.ended": "Appointment ended",
        "person.added": "Person added",
        "person.renamed": "Name changed",
        "person.contact_changed": "Contact details changed",
        "person.contact_erased": "Contact details erased",
        "person.invited": "Invited",
        "person.login_closed": "Login closed",
        "person.login_opened": "Login opened",
    }
)
