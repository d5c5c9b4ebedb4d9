"""Ctrl-C between two steps of a training, and not within one."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Interrupt:
    """Notes the first Ctrl-C, so that a training can come to a step's end and save its state.

    The second one interrupts at once, as always. Outside the main thread, or where the program has
    a handler of its own for Ctrl-C, nothing is changed.

    Attributes:
        requested: Whether Ctrl-C was pressed.

    Example:
        >>> with Interrupt() as interrupt:
        ...     signal.raise_signal(signal.SIGINT)
        ...     print("the step comes to its end")
        the step comes to its end
        >>> interrupt.requested
        True
    """

    def __init__(self) -> None:
        self.requested = False
        self._installed = False

    def __enter__(self) -> Self:
        python_decides = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if python_decides and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._note)
            self._installed = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._uninstall()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.requested = True
        self._uninstall()

    def _uninstall(self) -> None:
        if self._installed:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._installed = False
