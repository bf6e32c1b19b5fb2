"""Changes files on a machine: one JSON object a line, {"unmount", "remove", "write"}; answers an empty line when it is done."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys


def unmount(point):
    # The kernel writes blanks and the like as octal numbers.
    at = re.sub(r"\\([0-7]{3})", lambda it: chr(int(it[1], 8)), point).encode("latin-1")
    subprocess.run(["umount", "-l", "--", at], check=True)


def remove(at):
    if os.path.isdir(at) and not os.path.islink(at):
        shutil.rmtree(at)
    elif os.path.lexists(at):
        os.unlink(at)


def write(it):
    at, kind = it["at"], it["type"]
    if kind == "folder":
        os.makedirs(at, exist_ok=True)
    elif kind == "link":
        os.symlink(it["content"], at)
    elif kind == "same":
        os.link(it["content"], at)
        return
    else:
        with open(at, "wb") as file:
            file.write(base64.b64decode(it["content"]))
    os.lchown(at, it["owner"], it["group"])
    if kind != "link":
        os.chmod(at, int(it["mode"], 8))


for line in sys.stdin:
    job = json.loads(line)
    for point in job.get("unmount", []):
        unmount(point)
    for path in job["remove"]:
        remove(path)
    for entry in job["write"]:
        write(entry)
    print(flush=True)
