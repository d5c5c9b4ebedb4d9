import platform
import subprocess
import sys

import pytest

# Five times 64 MiB are taken, filled and freed; what counts is how many pages the system gave.
PAGES = """
import ctypes, resource, sys
from nlpseq.training.freed_memory import keep_freed_memory

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
if sys.argv[1] == "kept":
    keep_freed_memory()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    block = libc.malloc(64 << 20)
    libc.memset(block, 1, 64 << 20)
    libc.free(block)
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) * resource.getpagesize() >> 20)
"""


def megabytes_of_faults(way):
    command = [sys.executable, "-c", PAGES, way]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_a_block_that_was_freed_is_taken_again():
    kept = megabytes_of_faults("kept")
    assert kept < 1.5 * 64
    assert megabytes_of_faults("given back") - kept > 3 * 64


def test_another_c_library_is_left_alone(monkeypatch):
    from nlpseq.training import freed_memory

    monkeypatch.setattr("platform.libc_ver", lambda: ("", ""))
    assert not freed_memory.keep_freed_memory()
