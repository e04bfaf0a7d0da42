"""What stands on a round that was presented orally instead of written."""

from datetime import date


def attestation(by: str, presented_on: date) -> str:
    """Return what takes the place of the writer's own attestation: who vouches for it."""
    return (
        f"Redovisad muntligt den {presented_on:%Y-%m-%d}, registrerad av {by}. "
        "Ingen text är inlämnad."
    )
