"""Kills a training at random moments, and shows that it ends as if nothing had happened.

    python scripts/kill_and_resume.py translator train.en train.de --rows 3000 --set epochs=3
    python scripts/kill_and_resume.py tagger train.conllu --label upos --set epochs=3

It runs `nlpseq train` once without disturbance. Then it starts the same training, kills it with
SIGKILL after a random time, starts it again, and so on, `--kills` times, and lets it come to its
end. It compares the two saved models: the files with the weights must be the same, byte for byte,
and so must all scores of all epochs. The exit code is 1 if they are not.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import datasets

import nlpseq

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("task", choices=("tagger", "translator"))
parser.add_argument("data", nargs="+", help="a file, or two parallel files")
parser.add_argument("--label", help="column to learn, where several exist")
parser.add_argument("--rows", type=int, default=2000, help="how many of the first rows to learn")
parser.add_argument("--kills", type=int, default=5)
parser.add_argument("--seed", type=int, default=0, help="of the moments")
parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE")
options = parser.parse_args()


def start(output: Path) -> subprocess.Popen:
    """Begins, or goes on with, the training into a folder; what it prints goes into a file."""
    settings = [f"--set={setting}" for setting in ["checkpoint_minutes=0.05", *options.settings]]
    label = ["--label", options.label] if options.label else []
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "nlpseq", "train", options.task, *label, *settings),
            *("--train", folder / "train.parquet", "--dev", folder / "dev.parquet"),
            *("--output", output),
        ],
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def finish(process: subprocess.Popen) -> None:
    """Waits for the end of a training, which must be a good one."""
    if process.wait():
        raise SystemExit(f"The training failed:\n{(folder / 'log.txt').read_text()}")


def history(output: Path) -> dict[str, list[float]]:
    """The logs of all epochs, without the speed."""
    logs = json.loads((output / "training.json").read_text(encoding="utf-8"))["history"]
    return {name: values for name, values in logs.items() if name != "tokens_per_second"}


datasets.disable_progress_bars()
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    log = (folder / "log.txt").open("w")
    rows = nlpseq.load_dataset(*options.data)
    rows = rows.select(range(min(options.rows, len(rows))))
    rows.to_parquet(folder / "train.parquet")
    rows.select(range(len(rows) // 20)).to_parquet(folder / "dev.parquet")

    began = time.monotonic()
    process = start(folder / "undisturbed")
    while process.poll() is None and "Epoch 1/" not in (folder / "log.txt").read_text():
        time.sleep(0.1)
    begins = time.monotonic() - began
    finish(process)
    lasts = time.monotonic() - began - begins
    print(f"undisturbed: {begins:.0f} seconds until it began, then {lasts:.0f}", flush=True)

    chance = random.Random(options.seed)
    for _ in range(options.kills):
        process = start(folder / "killed")
        after = begins + chance.uniform(0, lasts / options.kills)  # so it is never at its end
        time.sleep(after)
        if process.poll() is not None:
            finish(process)
            raise SystemExit("The training was at its end too early: give it more epochs")
        process.kill()
        process.wait()
        print(f"killed after {after:.0f} seconds", flush=True)
    finish(start(folder / "killed"))

    kept = [folder / output / "model.weights.h5" for output in ("undisturbed", "killed")]
    same_weights = kept[0].read_bytes() == kept[1].read_bytes()
    same_logs = history(kept[0].parent) == history(kept[1].parent)
    print(f"weights {'identical' if same_weights else 'DIFFER'}")
    print(f"scores of all epochs {'identical' if same_logs else 'DIFFER'}")
sys.exit(not (same_weights and same_logs))
