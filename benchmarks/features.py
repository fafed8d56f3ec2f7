"""Features: all training examples as the pipeline featurises them, for measuring without training a model each time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from scipy.sparse import csr_matrix

from assistant.settings import ROOT, Settings
from components.coverage_guard import knowledge_names
from components.features import dense_features, sparse_features
from components.knowledge_importer import is_statement
from components.ngram_featurizer import NgramFeaturizer
from components.normalizer import Normalizer
from components.sentence_encoder_featurizer import SentenceEncoderFeaturizer


@dataclass(frozen=True)
class Examples:
    """Training examples: `counts` (n, terms), `vectors` (n, dimensions), an intent and two flags for each."""

    texts: list[str]
    intents: np.ndarray
    statements: np.ndarray
    named: np.ndarray
    counts: csr_matrix
    vectors: np.ndarray


def examples(settings: Settings) -> Examples:
    """Every training example, featurised by the components and the settings of config.yml."""
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(settings.data_folder)]
    )
    data = importer.get_nlu_data()
    configured = {item["name"]: item for item in importer.get_config()["pipeline"]}
    with TemporaryDirectory() as folder:
        storage, context = LocalModelStorage(Path(folder)), ExecutionContext(GraphSchema({}))
        normalizer = Normalizer.create({}, storage, Resource("normalizer"), context)
        given = configured["components.ngram_featurizer.NgramFeaturizer"]
        counter = NgramFeaturizer.create(
            {**NgramFeaturizer.get_default_config(), **given}, storage, Resource("counter"), context
        )
        encoder = SentenceEncoderFeaturizer.create(
            SentenceEncoderFeaturizer.get_default_config(), storage, Resource("encoder"), context
        )
        data = normalizer.process_training_data(data)
        counter.train(data)
        data = counter.process_training_data(data)
        data = encoder.process_training_data(data)
    names = knowledge_names(data)
    kept = [example for example in data.intent_examples if example.get(TEXT)]
    return Examples(
        texts=[example.get(TEXT) for example in kept],
        intents=np.array([example.get(INTENT) for example in kept]),
        statements=np.array([is_statement(example) for example in kept]),
        named=np.array([any(name in example.get(TEXT) for name in names) for example in kept]),
        counts=sparse_features(kept),
        vectors=dense_features(kept),
    )
