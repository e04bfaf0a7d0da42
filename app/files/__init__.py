"""A file on its way in, until it is stored or refused."""
