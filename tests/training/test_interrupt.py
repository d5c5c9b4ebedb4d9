import signal
import threading

import pytest

from nlpseq.training.interrupt import Interrupt


def test_the_first_ctrl_c_is_noted_and_the_second_interrupts(ctrl_c):
    with Interrupt() as interrupt:
        assert not interrupt.requested
        ctrl_c()
        assert interrupt.requested
        with pytest.raises(KeyboardInterrupt):
            ctrl_c()


@pytest.mark.parametrize("pressed", [False, True])
def test_afterwards_ctrl_c_is_what_it_was(ctrl_c, pressed):
    with Interrupt():
        if pressed:
            ctrl_c()
    with pytest.raises(KeyboardInterrupt):
        ctrl_c()


def test_a_handler_of_the_program_stays_in_charge(ctrl_c):
    seen = []
    signal.signal(signal.SIGINT, lambda *_: seen.append("own"))
    with Interrupt() as interrupt:
        ctrl_c()
    ctrl_c()
    assert (seen, interrupt.requested) == (["own", "own"], False)


def test_in_another_thread_nothing_is_changed():
    errors = []

    def use():
        try:
            with Interrupt():
                pass
        except ValueError as error:  # signals belong to the main thread
            errors.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert errors == []
