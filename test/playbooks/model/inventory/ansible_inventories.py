"""Runs ansible-inventory on every case, imported once and forked for each: the folder of a case is its name below the given folder.

Usage: ansible_inventories.py FOLDER, with {"case": ["source", ...]} on the standard input; answers {"case": {...}}.
"""

import json
import os
import sys

from ansible.cli.inventory import InventoryCLI


def listed(folder, sources):
    os.chdir(folder)
    output = os.path.join(folder, ".listed.json")
    words = ["ansible-inventory", "--list", "--output", output]
    for source in sources:
        words += ["-i", source]
    child = os.fork()
    if child == 0:
        try:
            InventoryCLI(words).run()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    with open(output) as file:
        return json.load(file)


def main():
    cases = json.load(sys.stdin)
    root = os.path.realpath(sys.argv[1])
    answers = {name: listed(os.path.join(root, name), sources) for name, sources in cases.items()}
    json.dump(answers, sys.stdout)


main()
