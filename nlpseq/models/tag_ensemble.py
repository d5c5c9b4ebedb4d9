"""Several tagging models that vote."""

from collections.abc import Sequence

import keras
from keras import ops

from nlpseq.layers.crf import CRF
from nlpseq.models.tagging import TaggingModel

_TINY = 1e-30  # for the logarithm of a probability of 0


@keras.saving.register_keras_serializable(package="nlpseq")
class TaggingEnsemble(keras.Model):
    """The mean of the label probabilities of several `TaggingModel`s.

    Of members with a CRF the marginals are taken, and the best sequence of the mean is one that
    their rules allow (`forbidden`).

    Args:
        members: Models of the same token, character and label ids, mostly of different seeds.

    Call arguments:
        inputs: As for the members.

    Returns:
        For each column, by name, logarithms of the mean probabilities, `(batch, time, num_tags)`.

    Raises:
        ValueError: If there is no member, or two of them have different labels or rules.

    Example:
        >>> import numpy as np
        >>> sizes = {"vocab_size": 9, "num_tags": {"upos": 4}, "characters": "none", "units": 8}
        >>> ensemble = TaggingEnsemble([TaggingModel(**sizes), TaggingModel(**sizes)])
        >>> tokens = np.array([[5, 3, 8], [2, 0, 0]])
        >>> tuple(ensemble({"tokens": tokens, "mask": tokens > 0})["upos"].shape)
        (2, 3, 4)

    Reference:
        The mean of the members' probabilities as in Sutskever, Vinyals and Le (2014), section 3,
        https://arxiv.org/abs/1409.3215
    """

    def __init__(self, members: Sequence[TaggingModel], **kwargs):
        super().__init__(**kwargs)
        if not members:
            raise ValueError("`members` must hold at least one model. Received: none")
        first = members[0]
        for number, model in enumerate(members):
            if (model.num_tags, model.forbidden) != (first.num_tags, first.forbidden):
                raise ValueError(
                    "All members must have the same columns, numbers of labels and rules. "
                    f"Received: {first.num_tags} in members[0], {model.num_tags} in "
                    f"members[{number}], or different `forbidden`"
                )
        self.members = list(members)
        self.num_tags = first.num_tags
        self.head = first.head
        # Without transition scores: what is left of a CRF are its rules.
        self.crfs = {
            column: CRF(crf.num_tags, forbidden=crf.forbidden) for column, crf in first.crfs.items()
        }
        for crf in self.crfs.values():
            crf.build((None, None, crf.num_tags))

    @property
    def output_dim(self):
        """Numbers computed for each token: logits of all columns."""
        return sum(self.num_tags.values())

    def call(self, inputs, training=None):
        mask = inputs["mask"]
        summed = dict.fromkeys(self.num_tags, 0.0)
        for model in self.members:
            for column, logits in model(inputs, training=False).items():
                summed[column] = summed[column] + model.probabilities(column, logits, mask)
        return {column: ops.log(p / len(self.members) + _TINY) for column, p in summed.items()}

    def probabilities(self, column, logits, mask):
        """What `call` found: the mean of the members' probabilities."""
        return ops.exp(logits)

    def compute_loss(self, *args, **kwargs):
        raise ValueError("An ensemble can't be trained: train its members one by one")

    def get_config(self):
        raise ValueError(
            "An ensemble can't be saved: save its members, and make it of them again when loaded"
        )
