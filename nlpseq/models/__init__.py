"""Keras models that speak ids: integers in, logits out. One is for numbers: `series.py`.

| file | concept |
|---|---|
| `tagging.py` | `TaggingModel`: a label for every token |
| `tag_search.py` | `TagSearch`: best labels, best label sequences, probabilities |
| `tag_reading.py` | `TagReading`: labels of a sentence that comes in pieces |
| `tag_ensemble.py` | `TaggingEnsemble`: several tagging models that vote |
| `sequence.py` | `SequenceModel`: numbers for a whole sequence: logits of classes, or values |
| `series.py` | `SeriesModel`: a series of numbers in, the next numbers out |
| `forecasting.py` | `forecast`: a series goes on with what is predicted |
| `next_token.py` | `NextTokenModel`: what comes after each token of a text |
| `continuation.py` | `ContinuationDecoder`: what it is made of; a decoder without a source |
| `carried_state.py` | `CarriedState`: its training on a text whose states go from batch to batch |
| `reading.py` | `Reading`: log-probabilities of a text, read piece by piece |
| `growth.py` | `grow`: room for more tokens or labels, and the weights of a smaller model |
| `encoder.py` | `Encoder`: source ids to vectors and final states |
| `repeat_vector.py` | `RepeatVectorDecoder`: one fixed vector, repeated for each output step |
| `attention.py` | `AttentionDecoder`: state handoff, and a look at the whole source at each step |
| `input_feeding.py` | `InputFeedingDecoder`: attention that also reads what it said before |
| `state_handoff.py` | `StateHandoffDecoder`: the encoder's vector as first state, teacher forcing |
| `decoder.py` | `Decoder`: the interface of all decoders, and what they have in common |
| `seq2seq.py` | `Seq2SeqModel`: an encoder and a decoder; the decoders by name |
| `scheduled_sampling.py` | `ScheduledSampling`: training on own predictions |
| `precision.py` | `in_dtype`: a constructor that builds in float32 or mixed precision |
| `attention_reader.py` | `AttentionReader`: what attention looks at while a given target is said |
| `ensemble.py` | `EnsembleModel`: several models that translate as one |
| `forced_scoring.py` | `ForcedScoring`: log-probabilities of targets that are given |
| `search.py` | `Search`: a model that encodes once and decodes in the graph; `GreedySearch` |
| `beam_search.py` | `BeamSearch`: the best outputs that a beam of hypotheses leads to |
| `sampling_search.py` | `SamplingSearch`: outputs drawn by chance |
"""
