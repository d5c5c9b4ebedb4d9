from nlpseq.tasks.released_pages import BATCHES_BETWEEN, ReleasedPages


def test_pages_are_released_now_and_then(monkeypatch):
    released = []
    monkeypatch.setattr("nlpseq.tasks.released_pages.release_pages", lambda: released.append(batch))
    callback = ReleasedPages()
    for batch in range(2 * BATCHES_BETWEEN + 1):
        callback.on_train_batch_end(batch)
    assert released == [0, BATCHES_BETWEEN, 2 * BATCHES_BETWEEN]
