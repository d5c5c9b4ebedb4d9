import logging

import pytest

from nlpseq.cli.logs import messages

logger = logging.getLogger("nlpseq.anything")


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("HF_DATASETS_DISABLE_PROGRESS_BARS", "0")


@pytest.mark.parametrize("quiet", [False, True])
def test_messages_go_to_the_screen_and_all_of_them_to_the_file(quiet, tmp_path, capsys):
    for _ in range(2):  # the second time they are added
        with messages(quiet, str(tmp_path / "log")):
            logger.info("going on")
            logger.warning("too long")
    logger.warning("later")
    warning = "nlpseq.anything: too long\n"
    shown = warning if quiet else f"nlpseq.anything: going on\n{warning}"
    assert capsys.readouterr().err == shown * 2
    lines = (tmp_path / "log").read_text().splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == [
        "nlpseq.anything: going on",
        "nlpseq.anything: too long",
    ] * 2


def test_a_file_that_can_t_be_written_is_said(tmp_path):
    with pytest.raises(FileNotFoundError), messages(log_file=str(tmp_path / "none" / "log")):
        pass
