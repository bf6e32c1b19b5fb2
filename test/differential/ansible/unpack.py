"""Prints what an archive on standard input holds, but for times and order: one member a line; nothing if it is none."""

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile


def members(data):
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(it.filename, oct(it.external_attr >> 16), archive.read(it)) for it in archive.infolist()]
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return [
            (it.name, it.type, oct(it.mode), it.uid, it.gid, it.linkname, archive.extractfile(it).read() if it.isreg() else b"")
            for it in archive
        ]


def unpacked(data):
    try:
        return members(data)
    except (tarfile.TarError, zipfile.BadZipFile):
        pass
    for module in (gzip, bz2, lzma):
        try:
            return [module.decompress(data)]
        except (OSError, lzma.LZMAError):
            pass
    return []


for member in sorted(unpacked(sys.stdin.buffer.read())):
    print(member)
