"""Runs ansible-playbook many times, imported once.

Reads one JSON object a line: {"folder", "arguments", "seconds", "environment"}. Each run is a fork of this process, in a
process group of its own, that runs the command's own class in that folder; what it prints goes to the file `output` there.
Answers one JSON object a line: {"code"}, the exit code; null when it was ended for taking too long.
"""

import gc
import json
import os
import signal
import sys

from ansible.cli.playbook import PlaybookCLI
from ansible.plugins import loader as plugins

# Imported by every run, so here once for all.
import ansible.executor.process.worker  # noqa: F401
import ansible.plugins.strategy.linear  # noqa: F401
import ansible.plugins.connection.ssh  # noqa: F401
import ansible.template  # noqa: F401
import ansible.vars.plugins  # noqa: F401


def warm():
    for kind in (plugins.filter_loader, plugins.test_loader, plugins.lookup_loader, plugins.action_loader):
        for _ in kind.all(class_only=True):
            pass


def run(job):
    os.setsid()
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(0, signal.SIGKILL))
    signal.alarm(job["seconds"])
    os.chdir(job["folder"])
    output = os.open("output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.update(job["environment"])
    try:
        command = PlaybookCLI(["ansible-playbook"] + job["arguments"])
        command.parse()
        code = command.run()
    except SystemExit as error:
        code = error.code
    except BaseException as error:  # as the command does: every error is told and ends it
        print(f"ERROR! {error}")
        code = 250
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def main():
    warm()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            run(job)
        _, status = os.waitpid(child, 0)
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        sys.stdout.write(json.dumps({"code": code}) + "\n")
        sys.stdout.flush()


main()
