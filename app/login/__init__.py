"""Logging in: passwords, links, passkeys, the second step, and what slows down guessing."""
