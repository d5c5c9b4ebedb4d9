"""What `fit` needs beyond Keras.

| file | concept |
|---|---|
| `optimizer.py` | `make_optimizer`: Adam, `WarmupSchedule`, clipping, averaged weights |
| `callbacks.py` | `DevScore`, `Throughput`, `AveragedWeights`, `BestEpoch`, `Logs` |
| `resume.py` | `fit`: a training that goes on from its checkpoint; `Checkpoints` writes it |
| `checkpoints.py` | `CheckpointFile`: the file, and whether it is of this training |
| `kept_epochs.py` | `KeptEpochs`: the models of the last or best epochs |
| `interrupt.py` | `Interrupt`: Ctrl-C between two steps |
| `memory.py` | `check_memory`: whether the widest batch can fit, before training begins |
| `freed_memory.py` | `keep_freed_memory`: large tensors lie where those of the step before lay |
| `record.py` | `set_seed`, `seed_dropout`; `environment`: versions and machine behind a number |
"""
