"""Environment: the variables that every child process gets."""

from __future__ import annotations

import os

#: Rasa reports to a third party unless told not to. Threads fight over small matrices, so each process gets one.
_FIXED = {
    "RASA_TELEMETRY_ENABLED": "false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONUNBUFFERED": "1",
    # Third-party modules warn about each other while they are imported; our own code is tested with warnings as errors.
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # The action server would listen on every address.
    "SANIC_HOST": "127.0.0.1",
}


def child_environment() -> dict[str, str]:
    """This process's environment with the fixed variables."""
    return {**os.environ, **_FIXED}
