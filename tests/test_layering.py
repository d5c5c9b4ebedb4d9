"""The import arrows of docs/architecture.md and the mirror of modules and tests, as tests."""

import ast
import graphlib
from pathlib import Path

import pytest

import nlpseq

ROOT = Path(nlpseq.__file__).parent
TESTS = Path(__file__).parent
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("[!_]*.py"))
# Room -> rooms that it may import. A room may always import itself.
MAY_IMPORT = {
    "text": set(),
    "layers": set(),
    "losses": set(),
    "decoding": set(),
    "saving": set(),
    "progress": set(),
    "onednn": set(),
    "datasets": {"text", "saving", "progress"},
    "batching": {"text"},
    "metrics": {"text", "losses"},
    "models": {"text", "layers", "losses", "decoding"},
    "training": {"metrics", "losses", "batching", "saving"},
    "tasks": {
        *("text", "datasets", "batching", "metrics", "models", "training"),
        *("layers", "losses", "decoding", "saving", "progress", "onednn"),
    },
    "hub": {"tasks", "training", "saving"},
    "cli": {"text", "datasets", "metrics", "training", "tasks", "hub", "saving"},
}
# What TensorFlow alone needs, about which Keras has nothing to say.
OF_TENSORFLOW = {Path("onednn.py"), Path("tasks/any_shape.py")}
# Tests of what several modules have in common, or of the project as a whole.
TESTS_WITHOUT_MODULE = {
    Path("test_layering.py"),
    Path("test_public_api.py"),
    Path("datasets/test_mutations.py"),
    Path("datasets/test_quirks.py"),
    Path("layers/test_contract.py"),
    Path("models/test_contract.py"),
}


def imported_modules(module):
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: use absolute imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module):
    return module.parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_imports_only_lower_rooms(module):
    names = [name.split(".") for name in imported_modules(module)]
    rooms = {name[1] for name in names if name[0] == "nlpseq" and len(name) > 1}
    outside = rooms - MAY_IMPORT[room_of(module)] - {room_of(module)}
    assert not outside, f"{room_of(module)} may not import {sorted(outside)}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_keras_ops_and_no_private_names(module):
    private = ("jax", "torch", "keras.src", *(() if module in OF_TENSORFLOW else ("tensorflow",)))
    for name in imported_modules(module):
        assert not name.startswith(private), name


def test_the_ground_needs_no_keras():
    for module in (module for module in MODULES if room_of(module) in ("text", "saving")):
        assert not any(name.split(".")[0] == "keras" for name in imported_modules(module)), module


def test_arrows_have_no_cycle_and_every_room_is_listed():
    graphlib.TopologicalSorter(MAY_IMPORT).prepare()
    assert {room_of(module) for module in MODULES} == MAY_IMPORT.keys()


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_has_its_test_file(module):
    twin = TESTS / module.parent / f"test_{module.name}"
    assert twin.exists(), f"{module} has no {twin.name}"


def test_test_file_has_its_module():
    files = {path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    twins = {module.parent / f"test_{module.name}" for module in MODULES}
    # What stands in data/ and scripts/ has its tests in folders of the same names.
    own_folders = {file for file in files if file.parts[0] in ("data", "scripts", "docs")}
    assert sorted(files - twins - own_folders - TESTS_WITHOUT_MODULE) == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_is_short_and_in_the_table_of_its_room(module):
    text = (ROOT / module).read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{module} has no docstring"
    assert text.count("\n") < 300
    if len(module.parts) > 1:
        table = (ROOT / module.parent / "__init__.py").read_text(encoding="utf-8")
        assert f"`{module.name}`" in table


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.name)
def test_every_test_file_is_one_that_pytest_collects(path):
    assert path.name.startswith("test_") or path.name == "conftest.py"
    assert path.name != "__init__.py"
