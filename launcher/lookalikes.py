"""Look-alikes: alarms about entries that are new or changed since the last training, as `path: reason`."""

from __future__ import annotations

from assistant.settings import Settings
from assistant.validation import load_knowledge
from launcher import model
from launcher.publication import Publication

#: So many alarms are printed: nobody reads more.
_MOST = 20


def main(settings: Settings) -> int:
    """Print what may be answered wrongly, the most dangerous first; 0, since these are warnings.

    Raises KnowledgeError if the knowledge is not valid.
    """
    knowledge = load_knowledge(settings.data_folder)
    published = Publication.read(model.FOLDER)
    changed = published.changed(knowledge) if published else list(knowledge)
    if not changed:
        return 0
    # Matrices and the encoder: nothing that the other commands should wait for.
    from assistant.lookalike import Lookalikes
    from assistant.service import index_file, search_over

    if not published:
        print("==> 没有上次训练的记录，或者记录已经损坏：全部条目都当作新的")
    print(f"==> 上次训练以后，{len(changed)} 个条目是新的或改了标题、问法；与别的条目比一比问法", flush=True)
    if not index_file(settings).exists():
        print("    第一次要先算出全部问法的向量，大约一分钟", flush=True)
    alarms = Lookalikes(search_over(knowledge, settings)).alarms(changed)
    ids = {entry.id for entry in changed}
    for alarm in alarms[:_MOST]:
        print(alarm.told_of(alarm.winner if alarm.winner.id in ids else alarm.loser))
    if len(alarms) > _MOST:
        print(f"还有 {len(alarms) - _MOST} 处")
    if alarms:
        print(f"==> {len(alarms)} 处可能会答错，请看一看（不算错误）。怎样处理：docs/tasks/add-an-answer.md")
    else:
        print("==> 没有问法会被别的条目抢走")
    return 0
