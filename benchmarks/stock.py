"""Stock: the same questions as a plain Rasa project, in a virtual environment of its own, for comparison."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.settings import ROOT
from launcher.environment import child_environment

#: What is installed, as pip resolves it: no lock, and none of our own choices of versions.
PACKAGES = ("rasa==3.6.21", "jieba")
#: Of the classifier and the policies that `rasa init` gives.
DEFAULT_EPOCHS = 100
#: For the intents when only speed is measured. The default takes most of an hour with our thousands of questions;
#: how fast the trained network answers does not depend on it. The policies train quickly and keep theirs.
EPOCHS = 5
FOLDER = ROOT / "var" / "stock-rasa"
#: Characters of every answer: about as many as ours have.
_ANSWER_LENGTH = 150
#: Variables with which we make our own processes quick; a stock one has none of them.
_OURS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")

_ACTIONS = '''"""The action that looks the answer up by the intent."""

import json
from pathlib import Path

from rasa_sdk import Action

ANSWERS = json.loads(Path("answers.json").read_text(encoding="utf-8"))


class ActionAnswer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=ANSWERS[tracker.latest_message["intent"]["name"]])
        return []
'''


def default_pipeline(epochs: int = DEFAULT_EPOCHS) -> list[dict[str, Any]]:
    """What `rasa init` gives, up to the classifier, with the tokenizer that Rasa's documentation has for Chinese."""
    tokenizer, words, classifier = lean_pipeline(epochs)
    characters = {**words, "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
    return [
        tokenizer,
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        words,
        characters,
        classifier,
    ]


def lean_pipeline(epochs: int) -> list[dict[str, Any]]:
    """The quickest of it that still classifies: speed is compared with this."""
    return [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
    ]


class StockError(Exception):
    """Stock Rasa could not be installed or trained; the message says where to read why."""


def project_files(examples: Mapping[str, Sequence[str]], answers: Mapping[str, str], epochs: int) -> dict[str, str]:
    """A Rasa project as file names to contents: one intent, one rule and one answer a key of `examples`."""
    config = {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "zh",
        "pipeline": lean_pipeline(epochs),
        # The policies, with their settings, that `rasa init` gives.
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "RulePolicy"},
            {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": DEFAULT_EPOCHS},
            {"name": "TEDPolicy", "max_history": 5, "epochs": DEFAULT_EPOCHS, "constrain_similarities": True},
        ],
    }
    intents = list(examples)
    nlu = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in examples[intent])} for intent in intents]
    rules = [{"rule": intent, "steps": _turn(intent)} for intent in intents]
    # Three short conversations, as `rasa init` has them: without any, its policies would learn nothing and be idle.
    stories = [
        {"story": f"story {first}", "steps": [step for intent in intents[first::3][:3] for step in _turn(intent)]}
        for first in range(3)
    ]
    texts = {intent: (answers.get(intent) or intent).ljust(_ANSWER_LENGTH, "。")[:_ANSWER_LENGTH] for intent in intents}
    documents: dict[str, Any] = {
        "config.yml": config,
        "domain.yml": {"version": "3.1", "intents": intents, "actions": ["action_answer"]},
        "data/nlu.yml": {"version": "3.1", "nlu": nlu},
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "data/stories.yml": {"version": "3.1", "stories": stories},
        "credentials.yml": {"rest": None},
    }
    files = {name: _yaml(document) for name, document in documents.items()}
    return {**files, "answers.json": json.dumps(texts, ensure_ascii=False), "actions.py": _ACTIONS}


def _turn(intent: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": "action_answer"}]


def _yaml(document: Any) -> str:
    text = StringIO()
    YAML().dump(document, text)
    return text.getvalue()


def model_name(files: Mapping[str, str]) -> str:
    """A name that changes with anything that the model is made from."""
    digest = hashlib.sha256(json.dumps([PACKAGES, sorted(files.items())]).encode())
    return f"stock-{digest.hexdigest()[:12]}"


class Stock:
    """A plain Rasa project in `folder`. Nothing of it is shared with our own project but the questions."""

    def __init__(self, files: Mapping[str, str], folder: Path = FOLDER) -> None:
        self._files = files
        self._environment = folder / "venv"
        self.project = folder / "project"
        self.model = self.project / "models" / f"{model_name(files)}.tar.gz"

    @property
    def python(self) -> str:
        return str(self._environment / "bin" / "python")

    def prepare(self) -> None:
        """Install, write and train whatever is not there already. Raises StockError."""
        self._install()
        for name, text in self._files.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        if not self.model.exists():
            print(f"==> Training {self.model.name}: minutes, once for these questions", flush=True)
            name = self.model.name.removesuffix(".tar.gz")
            self._run([self.python, "-m", "rasa", "train", "--fixed-model-name", name], self.project, "train.log")
            for old in set(self.model.parent.glob("*.tar.gz")) - {self.model}:
                old.unlink()

    def commands(self, port: int, actions_port: int) -> list[list[str]]:
        """What serves the project on these loopback ports; writes the endpoints that join them."""
        endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}}
        (self.project / "endpoints.yml").write_text(_yaml(endpoints), encoding="utf-8")
        rasa = [self.python, "-m", "rasa", "run"]
        return [
            [*rasa, "actions", "--port", str(actions_port)],
            [*rasa, "--interface", "127.0.0.1", "--port", str(port), "--model", str(self.model)],
        ]

    def versions(self) -> str:
        """The installed versions that matter for speed."""
        names = ("rasa", "jieba", "tensorflow", "sanic", "jsonschema")
        code = f"from importlib.metadata import version\nprint(*(n + ' ' + version(n) for n in {names}), sep=', ')"
        return subprocess.run([self.python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()

    def _install(self) -> None:
        installed = self._environment / "installed.json"
        if installed.exists() and installed.read_text(encoding="utf-8") == json.dumps(PACKAGES):
            return
        print(f"==> Installing {' '.join(PACKAGES)} into {self._environment.relative_to(ROOT)}, once", flush=True)
        folder = self._environment.parent
        folder.mkdir(parents=True, exist_ok=True)
        self._run([sys.executable, "-m", "venv", "--clear", str(self._environment)], folder, "install.log")
        self._run([self.python, "-m", "pip", "install", *PACKAGES], folder, "install.log")
        installed.write_text(json.dumps(PACKAGES), encoding="utf-8")

    def _run(self, command: list[str], folder: Path, log: str) -> None:
        path = self._environment.parent / log
        with path.open("w", encoding="utf-8") as output:
            done = subprocess.run(
                command, cwd=folder, env=stock_environment(), check=False, stdout=output, stderr=subprocess.STDOUT
            )
        if done.returncode != 0:
            raise StockError(f"{' '.join(command[1:4])} ended with {done.returncode}: see {path}")


def stock_environment() -> dict[str, str]:
    """Quiet and on loopback as our own processes, but without what makes ours quick."""
    return {name: value for name, value in child_environment().items() if name not in _OURS}
