"""A pipeline that has learnt a few intents."""

from __future__ import annotations

import pytest

from tests.components.pipelines import Pipeline, examples

INTENTS = {
    "inspector_headcount": ["体验官招几个人", "要多少名体验官", "体验官名额有多少", "这次体验官招多少", "体验官收几个"],
    "inspector_pay": ["当体验官给钱吗", "体验官有没有工资", "体验官发报酬不", "体验官一个月挣多少", "做体验官有补贴没"],
    "lift_visit": ["电梯检查去了哪里", "查了哪些酒店的电梯", "电梯是在哪查的", "检查电梯到了什么地方", "查电梯去哪了"],
    "school_break": ["课间休息多长时间", "下课歇几分钟", "课间是不是十五分钟", "学生课间多久", "课间几分钟"],
    "greet": ["你好", "您好", "在吗", "早上好", "喂你好"],
    "not_covered_chat": [
        "今天天气怎么样",
        "给我讲个笑话",
        "写一首诗",
        "股票能买吗",
        "世界杯谁赢了",
        "北京烤鸭哪家好吃",
    ],
}


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """The pipeline of config.yml, trained on INTENTS."""
    data = examples(
        INTENTS,
        entity_synonyms={"小店": "小店区", "测评员": "体验官"},
        lookup_tables=[
            {"name": "region", "elements": ["小店区", "小店", "阳曲县"]},
            {"name": "concept", "elements": ["营商环境体验官", "测评员", "ABC 指数"]},
        ],
    )
    return Pipeline.trained(tmp_path_factory.mktemp("model"), data)
