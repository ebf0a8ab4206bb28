"""Codes of the lists that rules have to understand where no fact of a row says it."""

CONSENT = "6_1_a"  # UK GDPR, Article 6(1)(a)
EXPLICIT_CONSENT = "9_2_a"  # UK GDPR, Article 9(2)(a)
LEGAL_OBLIGATION = "6_1_c"  # UK GDPR, Article 6(1)(c)
PUBLIC_TASK = "6_1_e"  # UK GDPR, Article 6(1)(e)
LEGITIMATE_INTERESTS = "6_1_f"  # UK GDPR, Article 6(1)(f)
PART3_CONSENT = "35_2_a"  # Data Protection Act 2018, section 35(2)(a)
PART4 = "part4"  # Data Protection Act 2018, Part 4

PROCESSORS = frozenset({"processor", "sub_processor"})
JOINT = "joint_controller"

IMPLIED_CONSENT = "implied_consent"  # in confidentiality, for direct care only
NOT_CONFIDENTIAL = "not_confidential"
OPT_OUT_INDIVIDUAL_CARE = "individual_care"

# Kinds of agreement that say something of their flows.
DISCLOSURE, NON_PERSONAL = "disclosure", "non_personal"

# Sorts of gateway by which a body must disclose; the others leave a choice.
DUTIES = frozenset({"D", "R"})
