"""Runs ansible-playbook many times, imported once.

Reads one JSON object a line: {"folder", "arguments", "seconds", "output", "environment"}. Each run is a fork of this process, in a
process group of its own, that runs the command's own class in that folder; what it prints goes to the file "output".
Answers one JSON object a line: {"code"}, the exit code; null when it was ended for taking too long.
"""

import gc
import json
import os
import signal
import sys
import tempfile

from ansible.cli.playbook import PlaybookCLI
from ansible.plugins import loader as plugins

from ansible.utils.context_objects import GlobalCLIArgs

# What every run imports, here once for all.
import ansible.executor.module_common  # noqa: F401
import ansible.executor.process.worker  # noqa: F401
import ansible.template  # noqa: F401
import ansible.vars.plugins  # noqa: F401

KINDS = ["action", "become", "callback", "connection", "filter", "inventory", "lookup", "shell", "strategy", "test", "vars"]
# Their collections' own tables are read when the first of each is looked for.
COLLECTED = ["ansible.posix.mount", "community.general.archive"]
PLAY = """
- hosts: all
  gather_facts: false
  tasks:
    - debug: {msg: "{{ 1 | int }}"}
      when: 1 is defined
"""


def warm():
    """Fills every cache that forks inherit: a play that goes nowhere, in this process."""
    for kind in KINDS:
        for _ in getattr(plugins, f"{kind}_loader").all(class_only=True):
            pass
    for name in COLLECTED:
        plugins.module_loader.find_plugin(name)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OUTCOME_FILE"] = os.path.join(folder, "outcome")
        playbook = os.path.join(folder, "site.yml")
        with open(playbook, "w") as file:
            file.write(PLAY)
        command = PlaybookCLI(["ansible-playbook", "-i", "nowhere,", playbook])
        command.parse()
        command.run()
    # The command keeps its arguments for the life of its process.
    GlobalCLIArgs._Singleton__instance = None


def run(job):
    os.setsid()
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(0, signal.SIGKILL))
    signal.alarm(job["seconds"])
    os.chdir(job["folder"])
    output = os.open(job["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
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
