"""Memory: what a process loaded at its start is left alone by the garbage collector."""

from __future__ import annotations

import gc


def freeze() -> None:
    """Keep everything allocated so far out of later collections.

    Models and knowledge stay for the process's life, and looking through their millions of objects again and again is
    what the slowest answers waited for.
    """
    gc.collect()
    gc.freeze()
