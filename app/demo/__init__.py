"""A cohort to look at: invented people in every state that a page can show."""
