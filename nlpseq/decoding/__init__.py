"""Search: from a step function to token ids. It never sees a model.

| file | concept |
|---|---|
| `greedy.py` | `greedy_search`: the best token at each step |
| `beam.py` | `beam_search`: the best outputs that a beam of hypotheses leads to |
| `length_penalty.py` | `LengthPenalty`: what makes hypotheses of different lengths comparable |
"""
