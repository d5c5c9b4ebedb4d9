import argparse

from nlpseq.cli.command import command


def test_the_function_is_found_when_it_is_called(monkeypatch):
    run = command("train", "print_settings")
    received = []
    monkeypatch.setattr("nlpseq.cli.train.print_settings", received.append)
    options = argparse.Namespace(task="tagger")
    run(options)
    assert received == [options]
