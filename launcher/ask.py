"""Ask: one question to the trained model and the answering steps, without servers, with everything explained."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path

from assistant.commands import as_words
from assistant.explaining import explain
from assistant.privacy import LABELS, mask
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.telling import lines
from assistant.understanding import Understanding
from launcher import model
from launcher.rasa import prepare

_USAGE = '请写出要问的话，例如：make ask Q="手机被控制了怎么办"'


def main(settings: Settings, question: str) -> int:
    """Print how `question` becomes its answer; the exit code is 2 without a question, 1 without a trained model."""
    if not question.strip():
        print(_USAGE, file=sys.stderr)
        return 2
    archive = model.current(settings)
    if not archive.is_file():
        print(
            f"知识、配置或程序改过之后还没有训练模型（缺少 models/{archive.name}）。请先运行：make train",
            file=sys.stderr,
        )
        return 1
    print("==> 正在载入模型，要十几秒……", file=sys.stderr, flush=True)
    masked = mask(question)
    assistant = Assistant.load(settings)
    understanding = _understood(archive, as_words(masked.text))
    if masked.found:
        print(f"隐去　　{'、'.join(LABELS[sort] for sort in masked.found)}，从这里起谁也看不到")
    for line in lines(explain(assistant, understanding, message=masked.text)):
        print(line)
    return 0


def _understood(archive: Path, message: str) -> Understanding:
    """What the model makes of `message`. What Rasa says meanwhile goes to stderr."""
    with redirect_stdout(sys.stderr):
        prepare()
        from launcher.interpreter import Interpreter  # Only now: `prepare` makes these imports quick.

        return Interpreter(archive).understand(message)
