"""What attention looks at while a model says a given target, as a Keras model."""

import keras


class AttentionReader(keras.Model):
    """The attention weights of a `Seq2SeqModel` that is made to say a target.

    Args:
        model: The `Seq2SeqModel`; its weights are used, not copied. Its decoder must have
            `attention_weights`.

    Call arguments:
        inputs: Dictionary of `source`, `source_mask` and `target`, as for the model.

    Returns:
        Float, `(batch, target_time, source_time)`: for each token that is said, the share of each
        source token; 0 at padding of the source.

    Raises:
        ValueError: If the decoder has no attention.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(9, 7, decoder="attention", units=8)
        >>> source, target = np.array([[5, 4, 3]]), np.array([[2, 6]])
        >>> inputs = {"source": source, "source_mask": source > 0, "target": target}
        >>> AttentionReader(model).predict_on_batch(inputs).shape
        (1, 2, 3)
    """

    def __init__(self, model, **kwargs):
        super().__init__(**kwargs)
        if not hasattr(model.decoder_layer, "attention_weights"):
            raise ValueError(
                'Only a decoder with attention looks at source tokens: train with "attention". '
                f"Received: a model with decoder={model.decoder!r}"
            )
        self.model = model

    def call(self, inputs):
        memory = self.model.encoder_layer(
            inputs["source"], mask=inputs["source_mask"], training=False
        )
        return self.model.decoder_layer.attention_weights(memory, inputs["target"])
