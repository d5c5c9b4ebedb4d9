"""Large tensors of a training step that lie where those of the step before lay."""

import ctypes
import platform

KEPT_BYTES = 1 << 30

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h


def keep_freed_memory() -> bool:
    """Makes the process keep memory that it frees, up to a gigabyte, for the next step.

    By default glibc gives a block of more than 32 MiB back to the system whenever it is freed. When
    a step takes it again, each of its pages is a fault and is filled with zeros first. The logits
    of a translator, and what its loss makes of them, are such blocks. The largest amount of memory
    that the process ever has grows by up to a tenth; between steps it has more.

    Returns:
        Whether there was something to do: not where the C library is another one.

    Example:
        >>> keep_freed_memory() == (platform.libc_ver()[0] == "glibc")
        True

    Reference:
        `mallopt(3)`, https://man7.org/linux/man-pages/man3/mallopt.3.html
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    mallopt = ctypes.CDLL(None).mallopt
    return all(mallopt(name, KEPT_BYTES) for name in (_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD))
