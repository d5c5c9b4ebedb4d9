# Sourced by the other scripts: makes the virtual environment .venv with this nlpseq in it.
# Set PYTHON to choose the interpreter, NLPSEQ_VENV to choose the folder.

python_at_least_3_11() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && python_at_least_3_11 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "nlpseq needs Python 3.11 or newer; set PYTHON to one" >&2
    return 1
}

# install_nlpseq EXTRA...: installs this checkout with its extras, in the versions of constraints.txt.
install_nlpseq() {
    local venv="${NLPSEQ_VENV:-.venv}" extras
    extras="$(IFS=,; echo "$*")"
    [ -x "$venv/bin/python" ] || "$(find_python)" -m venv "$venv"
    # shellcheck disable=SC1091
    source "$venv/bin/activate"
    echo "== installing nlpseq${extras:+[$extras]} into $venv"
    python -m pip install --quiet --disable-pip-version-check \
        --constraint scripts/constraints.txt --editable ".${extras:+[$extras]}"
}
