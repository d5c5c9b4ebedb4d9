#!/usr/bin/env bash
# Sets up a virtual environment and runs every check: format, lint, types, the documentation site
# with its links, tests on TensorFlow, and the tests marked `backends` on JAX and PyTorch too. Ends
# with an error if any of them fails.
#
#   bash scripts/test.sh              everything (20 to 40 minutes on 2 cores, after the download)
#   bash scripts/test.sh tensorflow   one backend only: tensorflow, jax or torch
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

backends=("$@")
[ $# -gt 0 ] || backends=(tensorflow jax torch)

source scripts/environment.sh
install_nlpseq dev docs jax torch

export TF_CPP_MIN_LOG_LEVEL=3
# Two processes at once with a thread each: more threads would wait for one another.
export OMP_NUM_THREADS=1 TF_NUM_INTRAOP_THREADS=1
# JAX would spend most of its tests compiling: each shape is compiled once, for both processes,
# and without the optimisations that so few numbers never earn back.
compiled="$(mktemp -d)"
trap 'rm -rf "$compiled"' EXIT
export JAX_DISABLE_MOST_OPTIMIZATIONS=1 JAX_COMPILATION_CACHE_DIR="$compiled"
export JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1
echo "== format, lint, types"
ruff format --check .
ruff check .
mypy
echo "== documentation site"
bash scripts/docs.sh --no-install

status=0
for backend in "${backends[@]}"; do
    echo "== tests on $backend"
    selection="not slow"
    [ "$backend" = tensorflow ] || selection="backends and not one_backend and not slow"
    KERAS_BACKEND="$backend" python -m pytest -q -n 2 --dist worksteal --durations 15 -m "$selection" || status=1
done
exit "$status"
