"""A model with room for more tokens or labels, and the weights of a smaller one."""

import keras


def grow(model, **sizes):
    """Makes a model like another one, but larger, with its weights where it has them.

    What is new, the vectors of further tokens or the outputs of further labels, has fresh weights
    by Keras' global seed. What is old comes first in every array: ids stay what they were.

    Args:
        model: A model whose class takes the keywords of its configuration.
        **sizes: Keywords to change, such as `vocab_size=9000`: none smaller than it was.

    Returns:
        The new model.

    Raises:
        ValueError: If a weight would become smaller.

    Example:
        >>> from nlpseq.models.tagging import TaggingModel
        >>> model = TaggingModel(vocab_size=9, num_tags={"upos": 4}, characters="none", units=8)
        >>> larger = grow(model, vocab_size=12, num_tags={"upos": 5})
        >>> tuple(larger.get_layer("embedding").matrix.shape)
        (12, 128)
    """
    larger = type(model).from_config({**model.get_config(), **sizes})
    for new, old in zip(larger.weights, model.weights, strict=True):
        if any(n < o for n, o in zip(new.shape, old.shape, strict=True)):
            raise ValueError(
                f"No weight may become smaller. Received: {old.path} of shape {tuple(old.shape)}, "
                f"then {tuple(new.shape)}"
            )
        values = keras.ops.convert_to_numpy(new).copy()
        values[tuple(slice(size) for size in old.shape)] = keras.ops.convert_to_numpy(old)
        new.assign(values)
    return larger
