"""Search: from a step function to token ids. It never sees a model.

| file | concept |
|---|---|
| `greedy.py` | `greedy_search`: the best token at each step |
"""
