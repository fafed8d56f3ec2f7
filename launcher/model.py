"""Model: the trained model that belongs to exactly these data, configuration and components."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import ROOT, Settings
from launcher.environment import child_environment
from launcher.publication import Publication

#: Where models lie, and how many are kept for going back.
FOLDER = ROOT / "models"
_KEPT = 3
#: Modules of the assistant that components train and read models with.
_MODULES = (
    "classification",
    "corrections",
    "coverage",
    "encoder",
    "examples",
    "knowledge",
    "lattice",
    "machines",
    "network",
    "ngrams",
    "normalize",
    "postings",
    "regions",
    "rewriting",
    "segmenter",
    "shapes",
    "sounds",
    "splitting",
    "validation",
    "vectors",
    "vocabulary",
    "weighting",
)


class TrainingError(Exception):
    """The training failed; what it printed says why. The models of before are untouched."""


def inputs(settings: Settings) -> Iterator[Path]:
    """Every file that a model depends on, in a stable order."""
    yield from (ROOT / "config.yml", ROOT / "domain.yml", ROOT / "requirements.txt")
    yield from sorted(settings.data_folder.rglob("*.yml"))
    yield from sorted((ROOT / "components").glob("*.py"))
    yield from (ROOT / "assistant" / f"{name}.py" for name in _MODULES)


def current(settings: Settings) -> Path:
    """The archive of the model for the files as they are, whether it exists or not."""
    digest = hashlib.sha256()
    for path in inputs(settings):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return FOLDER / f"bingwen-{digest.hexdigest()[:12]}.tar.gz"


def train(settings: Settings) -> Path:
    """Train the model for the files as they are, unless it exists, and keep note of it. Raises TrainingError."""
    archive = current(settings)
    last = Publication.read(FOLDER)
    if last and last.model == archive.name and archive.exists():
        return archive
    # Every start of Rasa imports this module, to know the model's name alone.
    from assistant.validation import load_knowledge

    published = Publication.of(archive.name, load_knowledge(settings.data_folder))
    if not archive.exists():
        _train(archive, settings)
    try:
        published.write(FOLDER)
    except OSError as error:  # Only warnings depend on it: no reason not to start.
        print(f"what was published could not be noted, all will count as changed: {error}", file=sys.stderr)
    return archive


def _train(archive: Path, settings: Settings) -> None:
    print(f"==> Training {archive.name}; this takes less than a minute", flush=True)
    # Half of a first training is the encoding of the examples, which the other processor does meanwhile.
    with (
        _started("launcher.encoding", settings.data),
        _started("launcher.training", str(archive), settings.data) as result,
    ):
        result.wait()
    if result.returncode != 0 or not archive.exists():
        raise TrainingError(f"launcher.training ended with {result.returncode} and no {archive.name}")
    _forget_old()


def _started(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT, env=child_environment())


def _forget_old() -> None:
    archives = sorted(FOLDER.glob("bingwen-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for archive in archives[_KEPT:]:
        archive.unlink()
