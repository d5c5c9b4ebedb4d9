"""Search: from a step function to token ids. It never sees a model.

| file | concept |
|---|---|
| `shrinking.py` | `shrinking_loop`: the loop of all searches, which leaves finished rows behind |
| `follow.py` | `follow`: the searches that have one hypothesis a row |
| `greedy.py` | `greedy_search`: the best token at each step |
| `sampling.py` | `sample`: tokens drawn by chance |
| `beam.py` | `beam_search`: the best outputs that a beam of hypotheses leads to |
| `length_penalty.py` | `LengthPenalty`: what makes hypotheses of different lengths comparable |
| `coverage_penalty.py` | `CoveragePenalty`: what source tokens cost that were not looked at |
| `phrases.py` | `include_phrases`: the condition that phrases must be in an output |
| `banks.py` | `best_of_banks`: a beam whose places are shared among stages |
| `constraints.py` | conditions on outputs: a prefix, a least length, nothing said twice |
"""
