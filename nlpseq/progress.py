"""How far a long step is, how fast it goes and how long it takes yet."""

import logging
import time
from typing import Any, Self

from datasets.utils import tqdm

logger = logging.getLogger("nlpseq")

_SECONDS = 2.0  # what is over sooner is not shown


class Progress:
    """A bar on a terminal, with tokens a second and the time left; at its end a line in the log.

    What takes less than two seconds, or is done in one piece, shows nothing. The bar is off where
    standard error is no terminal and after `datasets.disable_progress_bars()`, which
    `nlpseq --quiet` calls; the line goes to the logger `nlpseq`, as information.

    Args:
        what: The step, such as `"Encoding"`.
        total: How many things there are to do; `None` where nobody knows.
        unit: What these are, such as `"rows"`.

    Example:
        >>> with Progress("Counting", total=3, unit="rows") as progress:
        ...     for tokens in (5, 2, 9):
        ...         progress.add(1, tokens=tokens)
        >>> progress.done, progress.tokens
        (3, 16)
    """

    def __init__(self, what: str, total: int | None, unit: str) -> None:
        self.what = what
        self.unit = unit
        self.done = 0
        self._parts = 0
        self.tokens = 0
        self._start = time.perf_counter()
        settings = {"desc": what, "total": total, "unit": f" {unit}", "unit_scale": True}
        self._bar = tqdm(**settings, disable=None, delay=_SECONDS, leave=False)

    def add(self, count: int, tokens: int = 0) -> None:
        """Notes that more is done.

        Args:
            count: How many things.
            tokens: How many tokens they have.
        """
        self.done += count
        self._parts += 1
        self.tokens += tokens
        if self.tokens:
            self._bar.set_postfix_str(f"{self._rate():,.0f} tokens/s", refresh=False)
        self._bar.update(count)

    def _rate(self) -> float:
        return self.tokens / max(time.perf_counter() - self._start, 1e-9)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: Any, *_: Any) -> None:
        self._bar.close()
        seconds = time.perf_counter() - self._start
        if error is None and seconds >= _SECONDS and self._parts > 1:
            tokens = f", {self._rate():,.0f} tokens/s" if self.tokens else ""
            done = f"{self.done:,} {self.unit}"
            logger.info("%s: %s in %.0f seconds%s", self.what, done, seconds, tokens)
