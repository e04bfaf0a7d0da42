"""Keys for what is stored encrypted: `<data>/keys/<purpose>/<number>.key`, made on first use.

Rotation adds a key and removes none: what the older ones encrypted stays readable until it is
written anew. Encryption is AES-256-GCM. What a text belongs to (`about`) is authenticated with
it, so that one row's ciphertext put into another row does not decrypt.
"""

from pathlib import Path
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from app.secret_files import make_once

NONCE = 12
SIZE = 32
NUMBER = 2
"""Bytes of the key's number, in front of the nonce."""


class Undecipherable(Exception):
    """The key is gone, the bytes were changed, or they belong to something else."""


class KeyRing:
    """The keys of one purpose; the newest encrypts, any of them decrypts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._numbers():
            self._make(1)

    @property
    def newest(self) -> int:
        """The number of the key that encrypts."""
        return self._numbers()[-1]

    def encrypt(self, plain: bytes, *, about: str) -> bytes:
        """Return `plain` encrypted with the newest key; `about` says what it belongs to."""
        newest, nonce = self._numbers()[-1], token_bytes(NONCE)
        sealed = AESGCM(self._key(newest)).encrypt(nonce, plain, about.encode())
        return newest.to_bytes(NUMBER, "big") + nonce + sealed

    def decrypt(self, stored: bytes, *, about: str) -> bytes:
        """Return what was encrypted for `about`; raise Undecipherable."""
        number = int.from_bytes(stored[:NUMBER], "big")
        nonce, sealed = stored[NUMBER : NUMBER + NONCE], stored[NUMBER + NONCE :]
        try:
            return AESGCM(self._key(number)).decrypt(nonce, sealed, about.encode())
        except (InvalidTag, FileNotFoundError, ValueError) as error:
            raise Undecipherable(f"key {number}, {about}") from error

    def rotate(self) -> int:
        """Add a key that encrypts from now on; return its number."""
        return self._make(self._numbers()[-1] + 1)

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self.folder.glob("*.key"))

    def _key(self, number: int) -> bytes:
        return (self.folder / f"{number}.key").read_bytes()

    def _make(self, number: int) -> int:
        """Write a key whole or not at all; when another process was first, its key stands."""
        make_once(self.folder / f"{number}.key", token_bytes(SIZE))
        return number


def ring(purpose: str) -> KeyRing:
    """Return the keys of `purpose` ("reflections", "second-factor") of this installation."""
    return KeyRing(current_app.config["STEGVIS"].data_dir / "keys" / purpose)
