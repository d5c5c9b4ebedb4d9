#!/usr/bin/env bash
# Builds the documentation site into build/docs/site, with docs/zensical.toml. A warning, a broken
# link for instance, is an error.
#
#   bash scripts/docs.sh              installs what it needs into .venv first
#   bash scripts/docs.sh --no-install
#   python -m http.server --directory build/docs/site      to look at it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" != --no-install ]; then
    source scripts/environment.sh
    install_nlpseq docs
fi

# The pages as they lie in the repository, so that links from one to another lead somewhere.
rm -rf build/docs
mkdir -p build/docs/pages/data
cp README.md build/docs/pages/
cp data/README.md build/docs/pages/data/
cp -R docs build/docs/pages/docs
mv build/docs/pages/docs/zensical.toml build/docs/
cd build/docs
zensical build --strict
python ../../scripts/check_site.py site
