"""Vectors: sentence vectors that are kept between trainings, so that only new texts are encoded."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from assistant.encoder import IDENTITY, encode
from assistant.network import DIMENSIONS

logger = logging.getLogger(__name__)

#: The file of the examples' vectors in the folder of what can be made again.
KEPT = "vectors.npz"
#: More texts than this are not kept: then those that were not asked for last are forgotten. A text takes two kilobytes.
_MOST = 50_000


def key_of(text: str) -> str:
    """What a text's vector is kept under; another for every encoder."""
    return hashlib.sha1(f"{IDENTITY}\n{text}".encode()).hexdigest()


def kept_vectors(texts: Sequence[str], file: Path) -> np.ndarray:
    """Vectors of `texts`, shape (len(texts), 512); those that `file` does not hold are encoded and kept there.

    Who comes while another process does so waits, and finds what that one has made.
    """
    with _alone(file):
        known = _read(file)
        found = vectors(texts, known)
        asked = dict(zip(map(key_of, texts), found, strict=True))
        if asked.keys() - known.keys():
            everything = known | asked
            _write(file, everything if len(everything) <= _MOST else asked)
    return found


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One process at a time. The system gives the lock back when its holder ends, however it ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def vectors(texts: Sequence[str], known: dict[str, np.ndarray]) -> np.ndarray:
    """Vectors of `texts`, each text encoded once, and not at all if its key is known."""
    missing = {key: text for key, text in ((key_of(text), text) for text in texts) if key not in known}
    found = known | dict(zip(missing, encode(list(missing.values())), strict=True))
    return np.array([found[key_of(text)] for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)


def _read(file: Path) -> dict[str, np.ndarray]:
    """What `_write` wrote; nothing if there is no file, or it is damaged, since it can be made again."""
    if not file.exists():
        return {}
    try:
        with np.load(file, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["dense"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        logger.warning("%s is damaged and is made again: %s", file.name, error)
        return {}


def _write(file: Path, kept: dict[str, np.ndarray]) -> None:
    partial = file.with_name(f"{file.name}.{os.getpid()}.npz")  # Renamed when it is whole.
    np.savez(partial, keys=np.array(list(kept)), dense=np.array(list(kept.values())))
    partial.replace(file)
