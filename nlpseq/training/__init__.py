"""What `fit` needs beyond Keras.

| file | concept |
|---|---|
| `optimizer.py` | `make_optimizer`: Adam, `WarmupSchedule`, clipping, averaged weights |
| `callbacks.py` | `DevScore`: scores of decoded dev sentences; `Throughput`; `AveragedWeights` |
| `memory.py` | `check_memory`: whether the widest batch can fit, before training begins |
| `record.py` | `set_seed`, `seed_dropout`; `environment`: versions and machine behind a number |
"""
