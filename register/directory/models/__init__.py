"""Who is who, one noun a module."""

from register.directory.models.assurance import Assurance, AssuranceFact, AssuranceLevel
from register.directory.models.communities import Community, CommunityMember
from register.directory.models.grants import (
    MembershipGroupObjectPermission,
    MembershipUserObjectPermission,
    PartnershipGroupObjectPermission,
    PartnershipUserObjectPermission,
)
from register.directory.models.organisations import (
    ArrangementMember,
    Identifier,
    Organisation,
    OrganisationName,
)
from register.directory.models.partnerships import Membership, Partnership, TierPost
from register.directory.models.people import Appointment, Contact, Person, Post

__all__ = [
    "Appointment",
    "ArrangementMember",
    "Assurance",
    "AssuranceFact",
    "AssuranceLevel",
    "Community",
    "CommunityMember",
    "Contact",
    "Identifier",
    "Membership",
    "MembershipGroupObjectPermission",
    "MembershipUserObjectPermission",
    "Organisation",
    "OrganisationName",
    "Partnership",
    "PartnershipGroupObjectPermission",
    "PartnershipUserObjectPermission",
    "Person",
    "Post",
    "TierPost",
]
