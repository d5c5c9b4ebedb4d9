"""Batches that are made while the one before is computed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from nlpseq.batching.batches import Batches


def ahead(batches: Batches) -> Iterator[tuple[Any, ...]]:
    """Gives batch after batch, and makes the next one in a thread meanwhile.

    Args:
        batches: The batches.

    Yields:
        Each batch, in order.

    Example:
        >>> from nlpseq.batching.tagging import TaggingBatches
        >>> batches = TaggingBatches([[5, 6, 7], [8], [9]], batch_tokens=3)
        >>> [inputs["tokens"].tolist() for (inputs,) in ahead(batches)]
        [[[5, 6, 7]], [[8], [9]]]
    """
    if len(batches) == 1:  # a thread would only take time
        yield batches[0]
        return
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(batches.__getitem__, 0)
        for number in range(1, len(batches)):
            batch = coming.result()
            coming = thread.submit(batches.__getitem__, number)
            yield batch
        yield coming.result()
