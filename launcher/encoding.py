"""Encoding: the vectors of everything that is learnt from, made beside a training that is not yet there.

`python -m launcher.encoding DATA`
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.examples import all_examples
from assistant.normalize import bare
from assistant.settings import get_settings
from assistant.vectors import KEPT, kept_vectors


def main(data: str) -> None:
    """Encode what is not kept yet. Training waits for it, and encodes itself what is missing then."""
    texts = [bare(text) for text in all_examples(Path(data))]
    kept_vectors([text for text in texts if text], get_settings().var_folder / KEPT)


if __name__ == "__main__":
    main(sys.argv[1])
