"""Whether the widest batch can fit into memory, asked before training begins."""

import math
from collections.abc import Sequence
from pathlib import Path

# Logits, their softmax, its gradient and one temporary: what a training step keeps of the output.
_COPIES = 4
_BYTES = 4  # float32

_SYSTEM = Path("/proc/meminfo")
# All that a container may have, by versions 2 and 1 of Linux' control groups. What it uses already
# is not taken off: it counts files that were read, which are given up when memory is needed.
_CONTAINER = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def step_bytes(shape: Sequence[int], output_dim: int) -> int:
    """Estimates the memory that one training step needs for its outputs.

    The outputs are the largest part by far of a step on text. It is a lower bound: the recurrent
    layers come on top.

    Args:
        shape: Shape of a batch, `(rows, width, ...)`, the target's width last.
        output_dim: Size of the output at each target position: labels, or target vocabulary.

    Returns:
        Bytes.

    Example:
        >>> step_bytes((2, 10, 5), output_dim=1000)  # 4 copies of 2 * 5 * 1000 floats
        160000
    """
    return _COPIES * _BYTES * shape[0] * shape[-1] * output_dim


def check_memory(
    shapes: Sequence[Sequence[int]], output_dim: int, free_bytes: float | None = None
) -> None:
    """Makes sure that no batch is larger than memory allows.

    Args:
        shapes: Shapes of all batches, as `Batches.shapes`.
        output_dim: Size of the output at each target position.
        free_bytes: Memory that may be used; by default what the system, or the container, says is
            available, and without a limit where neither does.

    Raises:
        ValueError: If the outputs of the largest batch need more than that.

    Example:
        >>> check_memory([(64, 30)], output_dim=8000)
    """
    if free_bytes is None:
        free_bytes = _available_bytes()
    largest = max(shapes, key=lambda shape: step_bytes(shape, output_dim))
    needed = step_bytes(largest, output_dim)
    if needed <= free_bytes:
        return
    rows, width = largest[0], largest[-1]
    cure = (
        "Lower `batch_tokens`"
        if rows > 1
        else "Cut this sentence into shorter ones, or leave it out"
    )
    raise ValueError(
        f"A batch is larger than memory allows: {rows} x {width} tokens with {output_dim} outputs "
        f"each need at least {needed / 1e9:.1f} GB, and {free_bytes / 1e9:.1f} GB are free. {cure}"
    )


def _available_bytes() -> float:
    return min(_system_bytes(), *map(_container_bytes, _CONTAINER))


def _system_bytes() -> float:
    try:
        lines = _SYSTEM.read_text(encoding="ascii").splitlines()
    except OSError:  # not Linux
        return math.inf
    kilobytes = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    return float(next(kilobytes, math.inf)) * 1024


def _container_bytes(limit: Path) -> float:
    try:
        return float(limit.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no container, or "max": one without a limit
        return math.inf
