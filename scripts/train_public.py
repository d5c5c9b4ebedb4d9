"""Trains and scores a model on a public data set, from the Hugging Face Hub or from local files.

    python scripts/train_public.py                                 lists the data sets
    python scripts/train_public.py wnut-17 --output runs/wnut
    python scripts/train_public.py wnut-17 --data-dir corpora/wnut17 --output runs/wnut

Each data set is a file in `scripts/public/`: where it is, under which licence, which columns are
learnt, which settings learn them, and which scores to expect. With `--data-dir` nothing is
downloaded. The folder holds either the data set as the Hub has it (Parquet, JSON or CSV files, and
a README.md that names configurations), or a file for each split, two for parallel text, whose names
begin with `train`, with `dev` or `val`, and with `test`. `--set units=512` changes a setting.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import datasets as hf
import yaml

import nlpseq
from nlpseq.cli.settings import Settings, read_values
from nlpseq.datasets.any_data import dev_split
from nlpseq.datasets.load import load_splits
from nlpseq.datasets.splits import hold_out
from nlpseq.hub import TASKS
from nlpseq.saving import check_free

RECIPES = Path(__file__).parent / "public"
SPLITS = {"train": ("train",), "dev": ("dev", "val"), "test": ("test",)}  # how files begin


def read_recipe(name: str) -> dict[str, Any]:
    """The recipe of a data set, a mapping."""
    path = RECIPES / f"{name}.yaml"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in RECIPES.glob("*.yaml")))
        raise ValueError(f"There is no recipe {name!r}. Recipes: {known}")
    recipe: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return recipe


def splits_of_files(folder: Path, languages: list[str] | None) -> dict[str, hf.Dataset] | None:
    """The splits of a folder with a file for each, or two; `None` where no file begins so."""
    found = {}
    for split, beginnings in SPLITS.items():
        files = [
            path
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name.startswith(beginnings) and path.suffix != ".parquet"
        ]
        if languages and len(files) > 1:  # in the order of the languages
            files = [f for side in languages for f in files if f".{side}" in f.name]
        if len(files) > (2 if languages else 1):
            names = ", ".join(path.name for path in files)
            raise ValueError(f"{folder}: several files for the split {split!r}: {names}")
        if files:
            found[split] = nlpseq.load_dataset(*files)
    return found or None


def load(
    recipe: dict[str, Any], folder: Path | None = None, name: str | None = None
) -> dict[str, hf.Dataset]:
    """The splits `train`, `dev` and, where there is one, `test`."""
    source = recipe["data"]
    splits: Any = None
    if folder is not None:
        if not folder.is_dir():
            raise FileNotFoundError(f"There is no folder {folder}")
        splits = splits_of_files(folder, source.get("languages"))
    if splits is None:
        where = {"name": name or source.get("name")}
        if folder is None:
            where["revision"] = source["revision"]
        splits = load_splits(source["hub"] if folder is None else folder, **where)
    if "train" not in splits:
        raise ValueError(f"There is no split 'train'. Splits: {', '.join(splits)}")
    train = splits["train"]
    dev = splits.get(dev_split(list(splits)) or "")
    if dev is None:
        train, dev = hold_out(train)
        print(f"Dev data: {len(dev):,} rows of the training data, always the same ones")
    return {"train": train, "dev": dev, **({"test": splits["test"]} if "test" in splits else {})}


def settings_of(recipe: dict[str, Any], train: hf.Dataset, assignments: list[str]) -> Settings:
    """The settings of the recipe, with its columns where these data have them, and `--set`."""
    values = dict(recipe.get("settings", {}))
    for role, names in recipe.get("columns", {}).items():
        in_data = {names} if isinstance(names, str) else {*names}
        if role in ("source", "target") or in_data <= {*train.column_names}:
            values[role] = names
    return Settings(TASKS[recipe["task"]], {**values, **read_values(None, assignments)})


def print_recipes() -> None:
    """A line for each data set."""
    for path in sorted(RECIPES.glob("*.yaml")):
        recipe = read_recipe(path.stem)
        print(f"{path.stem:20}{recipe['task']:12}{recipe['about']}")


def main(options: argparse.Namespace) -> None:
    """Trains, scores on the test set and saves."""
    recipe = read_recipe(options.recipe)
    check_free(options.output)
    splits = load(recipe, options.data_dir, options.name)
    train, dev = splits["train"], splits["dev"]
    settings = settings_of(recipe, train, options.values)
    task = TASKS[recipe["task"]].from_dataset(train, **settings.construction)
    task.fit(train, dev, **settings.fitting)
    scored = "test" if "test" in splits else "dev"
    scores = task.evaluate(splits[scored])
    task.training["scores"] = scores
    task.save_pretrained(options.output)
    print(f"{scored}: {json.dumps(scores)}")
    print(f"published: {recipe['published']}")
    print(f"measured: {recipe['measured']}")
    print(f"Saved in {options.output}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("recipe", nargs="?", help="a file in scripts/public, without .yaml")
    parser.add_argument("--data-dir", type=Path, help="a folder with the data")
    parser.add_argument("--name", help="another configuration of the data set, such as a treebank")
    parser.add_argument("--output", help="where the model is saved")
    parser.add_argument("--set", dest="values", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    if options.recipe is None:
        print_recipes()
    elif options.output is None:
        parser.error("--output is missing")
    else:
        try:
            main(options)
        except (OSError, ValueError) as error:
            print(f"{parser.prog}: error: {error}", file=sys.stderr)
            raise SystemExit(2) from None
