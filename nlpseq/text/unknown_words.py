"""Words that a translator has no id for, copied from the source."""

from collections.abc import Sequence

import numpy as np

from nlpseq.text.specials import BEGIN_ID, END_ID, PAD_ID, UNKNOWN_ID, UNKNOWN_SIGN, id_list
from nlpseq.text.vocabulary_tokenizer import VocabularyTokenizer


def decode_with_copies(
    tokenizer: VocabularyTokenizer,
    token_ids: Sequence[int] | np.ndarray,
    weights: np.ndarray,
    source_words: Sequence[str],
) -> str:
    """Turns ids into text, with source words in the place of unknown tokens.

    What a vocabulary of words lacks are mostly names and numbers, and those are mostly the same in
    both languages. So each unknown token becomes the source word with the most attention at its
    step; where two have as much, the first.

    Args:
        tokenizer: The target's.
        token_ids: What a decoder said, unknown ids among them. Padding and begin ids are left out,
            and everything from the first end id on.
        weights: Attention weights, float, `(target_time, source_time)`: a row for each id, a column
            for each source word. Columns behind the words, those of end and padding, don't count.
        source_words: The words of the source as they were written, not in lower case. Without any,
            unknown tokens become `⁇`.

    Returns:
        The text.

    Raises:
        ValueError: If an id is out of range, or `weights` has not a row for each token and a column
            for each word.

    Example:
        >>> from nlpseq.text.word_vocabulary import WordVocabularyTokenizer
        >>> tokenizer = WordVocabularyTokenizer.train(["Der Hund schläft."])
        >>> ids = [1, *tokenizer.encode("schläft."), 3]
        >>> weights = np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.0, 0.0, 1.0], [0.1, 0.1, 0.8]])
        >>> decode_with_copies(tokenizer, ids, weights, ["Schnauzi", "sleeps", "."])
        'Schnauzi schläft.'

    Reference:
        Luong et al. (2015), Addressing the rare word problem, section 3.3,
        https://aclanthology.org/P15-1002; by attention: Jean et al. (2015), section 3.3,
        https://aclanthology.org/P15-1001
    """
    ids = id_list(token_ids, tokenizer.vocab_size)
    if END_ID in ids:
        ids = ids[: ids.index(END_ID)]
    if weights.ndim != 2 or len(weights) < len(ids) or weights.shape[1] < len(source_words):
        raise ValueError(
            "`weights` must have a row for each token and a column for each source word. "
            f"Received: shape {weights.shape}, {len(ids)} tokens, {len(source_words)} words"
        )
    words = []
    for token_id, row in zip(ids, weights, strict=False):
        if token_id in (PAD_ID, BEGIN_ID):
            continue
        if token_id != UNKNOWN_ID:
            words += tokenizer.vocabulary.decode([token_id])
        elif source_words:
            words.append(source_words[int(row[: len(source_words)].argmax())])
        else:
            words.append(UNKNOWN_SIGN)
    return tokenizer.detokenize(words)
