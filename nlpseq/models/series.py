"""A series of numbers in, the next numbers out."""

from typing import Literal

import keras

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.recurrent import RecurrentStack
from nlpseq.layers.time_distributed import TimeDistributed
from nlpseq.models.precision import in_dtype


@keras.saving.register_keras_serializable(package="nlpseq")
class SeriesModel(keras.Model):
    """A recurrent stack over vectors of numbers, and one output layer.

    Many to one: it says what comes after the window, `horizon` steps at once. With
    `return_sequences` many to many: it says something at each step. All rows are of one length, as
    `forecast_windows` cuts them: there is no padding. Train it as any Keras model, with `"mse"` for
    instance, on numbers of about the size of 1: take off the mean of the series first, and divide
    it by its standard deviation.

    Args:
        features: Numbers at each step of the input.
        outputs: Numbers at each step of the output; `None` means as many as `features`.
        horizon: Steps that are predicted, where there is one output for the whole window.
        units: Size of each recurrent state, in each direction.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        bidirectional: Whether each layer also reads the window from its end. With
            `return_sequences` each step then sees what comes after it.
        dropout: Share dropped, in training, of the input of each recurrent layer but the first, and
            of the output of the last.
        locked_dropout: Whether all steps of a window lose the same entries.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
        return_sequences: Whether there is an output at each step, and not one for the window.
        dtype: In which precision it computes: `"float32"` or `"mixed_bfloat16"`; `None` means
            Keras' global dtype policy.

    Call arguments:
        inputs: Float, `(samples, time_steps, features)`.

    Returns:
        Float, `(samples, horizon, outputs)`, or with `return_sequences`
        `(samples, time_steps, outputs)`.

    Raises:
        ValueError: If a setting is out of range, or, in training, if the targets have another shape
            than the outputs.

    Example:
        >>> import numpy as np
        >>> inputs = np.ones((5, 10, 3), "float32")
        >>> tuple(SeriesModel(features=3, horizon=2, units=8)(inputs).shape)
        (5, 2, 3)
        >>> tuple(SeriesModel(3, outputs=1, units=8, return_sequences=True)(inputs).shape)
        (5, 10, 1)
    """

    @in_dtype
    def __init__(
        self,
        features: int,
        outputs: int | None = None,
        horizon: int = 1,
        units: int = 64,
        num_layers: int = 1,
        cell: Literal["lstm", "gru", "simple_rnn"] = "lstm",
        bidirectional: bool = False,
        dropout: float = 0.0,
        locked_dropout: bool = False,
        residual: bool = False,
        layer_norm: bool = False,
        return_sequences: bool = False,
        dtype: Literal["float32", "mixed_bfloat16"] | None = None,
        **kwargs,
    ):
        outputs = features if outputs is None else outputs
        if min(features, outputs, horizon) < 1:
            raise ValueError(
                "`features`, `outputs` and `horizon` must be at least 1. "
                f"Received: features={features}, outputs={outputs}, horizon={horizon}"
            )
        if return_sequences and horizon > 1:
            raise ValueError(
                "With `return_sequences` each step has one output: `horizon` must be 1. "
                f"Received: horizon={horizon}"
            )
        series = keras.Input((None, features), name="series")
        hidden = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            bidirectional=bidirectional,
            dropout=dropout,
            locked_dropout=locked_dropout,
            residual=residual,
            layer_norm=layer_norm,
            return_sequences=return_sequences,
            name="recurrent",
        )(series)
        locked = locked_dropout and return_sequences
        hidden = Dropout(dropout, locked=locked, name="output_dropout")(hidden)
        dense = keras.layers.Dense(horizon * outputs, name="outputs")
        if return_sequences:
            predicted = TimeDistributed(dense, name="outputs")(hidden)
        else:
            predicted = keras.layers.Reshape((horizon, outputs), name="steps")(dense(hidden))
        super().__init__(inputs=series, outputs=predicted, **kwargs)
        self.features = features
        self.num_outputs = outputs
        self.horizon = horizon
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.return_sequences = return_sequences

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        """The loss given to `compile`, of targets that have the shape of the outputs.

        Of others Keras would make such a shape, silently: each sample against all.
        """
        if tuple(y.shape[1:]) != tuple(y_pred.shape[1:]):
            raise ValueError(
                "The targets must have the shape of the outputs, (samples, "
                f"{', '.join(map(str, y_pred.shape[1:]))}), as `forecast_windows` makes them. "
                f"Received: {tuple(y.shape)}"
            )
        return super().compute_loss(x, y, y_pred, sample_weight, training)

    def get_config(self):
        return {
            "features": self.features,
            "outputs": self.num_outputs,
            "horizon": self.horizon,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "bidirectional": self.bidirectional,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
            "return_sequences": self.return_sequences,
            "dtype": self.dtype_policy.name,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)
