"""Tokens: a conversation's id and memory, signed, kept by the client and not by us."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from itsdangerous import BadData, TimestampSigner
from itsdangerous.encoding import base64_decode, base64_encode

#: Seconds after which a conversation is forgotten.
MAX_AGE = 30 * 24 * 3600
#: A longer token is not ours.
_MOST_CHARACTERS = 1000


@dataclass(frozen=True)
class Conversation:
    """Who is talking (a random id), in which county, and about which entry last."""

    id: str = field(default_factory=lambda: uuid4().hex)
    region: str | None = None
    entry: str | None = None


class Tokens:
    """Signs conversations and reads what it signed."""

    def __init__(self, secret: str) -> None:
        self._signer = TimestampSigner(secret, salt="conversation", digest_method=hashlib.sha256)

    def sign(self, conversation: Conversation) -> str:
        payload = json.dumps([conversation.id, conversation.region, conversation.entry], ensure_ascii=False)
        return self._signer.sign(base64_encode(payload)).decode()

    def read(self, token: str | None) -> Conversation:
        """The conversation in `token`; a new one if the token is missing, bad, expired or foreign."""
        return self.known(token) or Conversation()

    def known(self, token: str | None) -> Conversation | None:
        """The conversation in `token`, or None if this is not a token of ours that still holds."""
        if not token or len(token) > _MOST_CHARACTERS:
            return None
        try:
            return Conversation(*json.loads(base64_decode(self._signer.unsign(token, max_age=MAX_AGE))))
        except (BadData, TypeError, ValueError):
            return None


def read_secret(path: Path) -> str:
    """The secret in the file `path`; made at the first start, readable by this user only.

    Raises ValueError if the file holds no secret of at least 32 characters.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)  # Never overwrites: of two first starts at once, one secret wins.
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 32:
        raise ValueError(f"{path}: 应有至少 32 个字符的密钥；删除这个文件，下次启动会重新生成")
    return secret
