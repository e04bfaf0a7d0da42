"""A passkey in software: answers like a browser with an authenticator, also wrongly on purpose."""

import json
from hashlib import sha256
from secrets import token_bytes

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """One passkey; `count` is what it says the next time it signs."""

    def __init__(self, origin="http://localhost", host="localhost"):
        self.origin, self.host = origin, host
        self.id = token_bytes(32)
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.count = 0
        self.flags = PRESENT | VERIFIED
        self.handle = None

    def make(self, options):
        """Return what a browser sends when it has made this passkey."""
        options = json.loads(options)
        self.handle = options["user"]["id"]
        data = self._data(self.flags | ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big")
        data += self.id + self._public()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options["challenge"]),
            attestationObject=attestation,
        )

    def answer(self, options):
        """Return what a browser sends when it has asked this passkey."""
        client = self._client("webauthn.get", json.loads(options)["challenge"])
        data = self._data(self.flags)
        signed = data + sha256(client).digest()
        return self._answer(
            clientDataJSON=client, authenticatorData=data,
            signature=self.private.sign(signed, ec.ECDSA(SHA256())),
        )

    def _answer(self, **parts):
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        if self.handle and "signature" in parts:
            response["userHandle"] = self.handle
        name = bytes_to_base64url(self.id)
        return json.dumps({
            "id": name, "rawId": name, "type": "public-key", "response": response,
            "clientExtensionResults": {},
        })

    def _client(self, kind, challenge):
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _data(self, flags):
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self):
        numbers = self.private.public_key().public_numbers()
        x, y = (n.to_bytes(32, "big") for n in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
