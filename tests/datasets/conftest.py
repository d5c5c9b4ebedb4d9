import pytest


@pytest.fixture
def small_cache(tmp_path, monkeypatch):
    """An empty cache in which ten rows are worth a file; gives its folder."""
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    for module in ("encoding", "row_source"):
        monkeypatch.setattr(f"nlpseq.datasets.{module}.CACHED_ROWS", 10)
    return tmp_path / "cache" / "nlpseq"
