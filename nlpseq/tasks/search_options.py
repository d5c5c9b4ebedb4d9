"""How translations are searched: all settings of the search, in one place."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

from nlpseq.decoding.length_penalty import AVERAGE, LengthPenalty
from nlpseq.tasks.settings import check_names


def _option(default: Any, text: str) -> Any:
    return dataclasses.field(default=default, metadata={"help": text})


@dataclasses.dataclass(frozen=True)
class SearchOptions:
    """The settings of a search, which the command line has as options of the same names.

    Args:
        beam_size: Hypotheses that are followed at once; 1 is greedy search.
        length_penalty: Strength of the GNMT length penalty, 0 for none, or `"average"`: the mean
            log-probability of a token.
        coverage_penalty: Strength of the GNMT coverage penalty, 0 for none; for decoders that
            attend.
        no_repeat_ngram_size: No translation has the same tokens twice in as many places in a row;
            0 for no such condition.
        min_length_factor: Fewest tokens of a translation per source token, end tokens included.
        length_factor: Most tokens of a translation per source token,
        length_offset: plus this many.
        copy_unknown: Whether the model may say unknown words, which are then copied from the
            source, each from where attention looks most; for `tokenizer="words"` with attention.
        sampling: Whether translations are drawn by chance instead.
        temperature: Of sampling: below 1 for more probable translations, above for others.
        top_k: Of sampling: number of tokens to choose from at each step; 0 for all.
        top_p: Of sampling: share of the probability that the tokens to choose from make up.

    Raises:
        ValueError: If a value is out of range, or options do not go together.

    Example:
        >>> SearchOptions(beam_size=5, length_penalty="average").penalty
        LengthPenalty(alpha=1.0, offset=0.0)
    """

    beam_size: int = _option(1, "hypotheses to follow at once; 1 is greedy")
    length_penalty: float | Literal["average"] = _option(
        0.6, "strength of the GNMT length penalty, 0 for none, or `average`"
    )
    coverage_penalty: float = _option(0.0, "strength of the GNMT coverage penalty")
    no_repeat_ngram_size: int = _option(0, "tokens in a row that may not come twice; 0 for any")
    min_length_factor: float = _option(0.0, "fewest target tokens per source token")
    length_factor: float = _option(2.0, "most target tokens per source token ...")
    length_offset: int = _option(10, "... plus this many")
    copy_unknown: bool = _option(False, "copy unknown words from the source, by attention")
    sampling: bool = _option(False, "draw translations by chance")
    temperature: float = _option(1.0, "of sampling: below 1 for more probable translations")
    top_k: int = _option(0, "of sampling: choose from as many tokens; 0 for all")
    top_p: float = _option(1.0, "of sampling: choose from this share of the probability")

    def __post_init__(self) -> None:
        if self.beam_size < 1:
            raise ValueError(
                f"`beam_size` must be at least 1. Received: beam_size={self.beam_size}"
            )
        for name in ("coverage_penalty", "no_repeat_ngram_size", "min_length_factor"):
            if not getattr(self, name) >= 0:
                value = getattr(self, name)
                raise ValueError(f"`{name}` must be 0 or more. Received: {name}={value}")
        if not self.length_factor >= 0 or self.length_factor + self.length_offset < 1:
            raise ValueError(
                "`length_factor` must be 0 or more, and leave room for a token. Received: "
                f"length_factor={self.length_factor}, length_offset={self.length_offset}"
            )
        _penalty(self.length_penalty)  # refuses what is none
        self._check_pairs()

    @property
    def penalty(self) -> LengthPenalty:
        """The length penalty as an object."""
        return _penalty(self.length_penalty)

    def _check_pairs(self) -> None:
        """Options of one method are not left out without a word where another one searches."""
        others = _OF_BEAMS if self.sampling else _OF_SAMPLING
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if field.name in others and value != field.default:
                raise ValueError(
                    f"`{field.name}` {'does not go with' if self.sampling else 'needs'} sampling. "
                    f"Received: {field.name}={value!r}, sampling={self.sampling}"
                )


_OF_BEAMS = ("beam_size", "length_penalty", "coverage_penalty")
_OF_SAMPLING = ("temperature", "top_k", "top_p")


def _penalty(setting: float | str) -> LengthPenalty:
    if setting == "average":
        return AVERAGE
    if isinstance(setting, str):
        raise ValueError(f'`length_penalty` must be a number or "average". Received: {setting!r}')
    return LengthPenalty(setting)


def search_options(options: Mapping[str, Any]) -> SearchOptions:
    """Makes options of keyword arguments.

    Args:
        options: Values by name.

    Returns:
        The options.

    Raises:
        TypeError: If a name is unknown; the message lists the valid ones.
        ValueError: As for `SearchOptions`.

    Example:
        >>> search_options({"beam": 4})
        Traceback (most recent call last):
        ...
        TypeError: Unknown setting 'beam'. Valid settings: beam_size, length_penalty, ...
    """
    check_names(options, [SearchOptions], given=())
    return SearchOptions(**options)
