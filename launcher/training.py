"""Training: `rasa train` without what a training from nothing does not need, in half the time.

`python -m launcher.training ARCHIVE DATA`

What it does otherwise than `rasa train`, and why, is in docs/adr/0017-training-process.md.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tarfile
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext, GraphModelConfiguration
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_COMPONENTS_DIR, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.engine.validation import validate
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType
from rasa.shared.importers.importer import CombinedDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog

from assistant.settings import ROOT
from components.knowledge_importer import KnowledgeImporter

_CONFIG, _DOMAIN = str(ROOT / "config.yml"), str(ROOT / "domain.yml")


class Importer(CombinedDataImporter):
    """The importers of config.yml. Their examples are put side by side once; Rasa copies each of them four times."""

    def __init__(self, data: str) -> None:
        super().__init__([RasaFileImporter(_CONFIG, _DOMAIN, data), KnowledgeImporter()])

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """All examples, synonyms and lookup tables; there is one language."""
        return self._nlu_data

    @cached_property
    def _nlu_data(self) -> TrainingData:
        found = [importer.get_nlu_data("zh") for importer in self._importers]
        return TrainingData(
            list(chain.from_iterable(each.training_examples for each in found)),
            entity_synonyms={key: name for each in found for key, name in each.entity_synonyms.items()},
            lookup_tables=[table for each in found for table in each.lookup_tables],
        )


class Storage(LocalModelStorage):
    """Rasa's storage, which packs at the highest level: an eighth of a training for a twentieth of an archive."""

    def create_model_package(
        self, model_archive_path: Path | str, model_configuration: GraphModelConfiguration, domain: Domain
    ) -> ModelMetadata:
        """Write what the components stored, and what Rasa must know of it, to `model_archive_path`."""
        metadata = self._create_model_metadata(domain, model_configuration)
        with TemporaryDirectory() as folder, tarfile.open(model_archive_path, "w:gz", compresslevel=1) as archive:
            self._persist_metadata(metadata, Path(folder))
            archive.add(folder, arcname="")
            archive.add(self._storage_path, arcname=MODEL_ARCHIVE_COMPONENTS_DIR)
        return metadata


def train(archive: Path, data: str) -> None:
    """Train a model on everything in the folder `data`, and write it to `archive` when it is whole."""
    importer = Importer(data)
    recipe = Recipe.recipe_for_name(importer.get_config()["recipe"])
    configuration = recipe.graph_config_for_recipe(importer.get_config(), {}, TrainingType.BOTH)
    validate(configuration)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        storage = Storage.create(Path(folder))
        context = ExecutionContext(configuration.train_schema)
        DaskGraphRunner.create(configuration.train_schema, storage, context).run({PLACEHOLDER_IMPORTER: importer})
        partial = archive.with_name(f"{archive.name}.{os.getpid()}")
        storage.create_model_package(partial, configuration, importer.get_domain())
        partial.replace(archive)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m launcher.training", description=__doc__.partition("\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("data")
    options = parser.parse_args(arguments)
    configure_logging_and_warnings(logging.WARNING)
    configure_structlog(logging.WARNING)
    train(options.archive, options.data)


if __name__ == "__main__":
    main(sys.argv[1:])
