"""Under which keys the owner's settings keep what an installation is set up with."""

ANSWERS = "setup"
"""What has been answered so far, sealed; gone when it has been used."""
OWNER = "owner"
"""The authority that gives the training: name, email, phone, data_protection_officer."""
