"""Arrow files that are mapped: read where they lie, a page when it is looked at."""

import mmap
import os
import weakref

import pyarrow as pa

_mappings: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()


def mapped_table(path: str | os.PathLike[str]) -> pa.Table:
    """Opens an Arrow stream file without reading it.

    Args:
        path: The file.

    Returns:
        Its table. Values are read from the disk when they are looked at, and stay in the memory of
        this process until `release_pages`, or until the system needs room.

    Example:
        >>> import tempfile
        >>> table = pa.table({"ids": [[5, 6], [7]]})
        >>> with tempfile.NamedTemporaryFile(suffix=".arrow") as file:
        ...     with pa.ipc.new_stream(file, table.schema) as writer:
        ...         writer.write_table(table)
        ...     file.flush()
        ...     mapped_table(file.name)["ids"].to_pylist()
        [[5, 6], [7]]
    """
    with open(path, "rb") as file:
        mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _mappings.add(mapping)
    return pa.ipc.open_stream(pa.py_buffer(mapping)).read_all()


def release_pages() -> None:
    """Gives back the memory of all mapped files; what is looked at again is read again.

    Values stay the same. Whoever reads a file larger than memory, row after row, calls it now and
    then. Where the system has no such call (Windows), nothing happens.

    Example:
        >>> release_pages()
    """
    if hasattr(mmap, "MADV_DONTNEED"):
        for mapping in list(_mappings):
            mapping.madvise(mmap.MADV_DONTNEED)
