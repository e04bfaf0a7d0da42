"""Copies of people's own data: made by the worker, encrypted on disk, fetched by their owner.

Import `app.copies.making` to register the worker's part."""
