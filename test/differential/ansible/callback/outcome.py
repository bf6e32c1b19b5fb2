"""Writes how every task ended on every host, and the recap, as one JSON object a line."""

import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: outcome
type: stdout
short_description: one JSON object a line
description: For tests that compare runs.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "outcome"

    def __init__(self):
        super().__init__()
        self._file = open(os.environ["OUTCOME_FILE"], "w")
        self._names = {}

    def _name(self, task):
        # Only while a task starts does its name have its templates rendered.
        self._names[task._uuid] = task.get_name().strip()

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._name(task)

    def v2_playbook_on_cleanup_task_start(self, task):
        self._name(task)

    def v2_playbook_on_handler_task_start(self, task):
        self._name(task)

    def _tell(self, **parts):
        self._file.write(json.dumps(parts, default=str) + "\n")
        self._file.flush()

    def _end(self, result, status):
        task, values = result._task, result._result
        message = values.get("msg", values.get("reason", ""))
        if task.action == "debug" and "msg" not in values:
            # What `var` names is the only value that is no flag of Ansible's own.
            message = next((it for key, it in values.items() if key not in ("changed", "failed") and key[0] != "_"), "")
        message = message if isinstance(message, str) else json.dumps(message)
        items = [str(it.get("msg", "")) for it in values.get("results", []) if isinstance(it, dict) and it.get("failed")]
        if task.action != "debug":
            message = "\n".join([message] + items + [str(values.get("module_stderr", ""))])[:2000].strip()
        self._tell(
            host=result._host.get_name(),
            task=self._names.get(task._uuid, task.get_name().strip()),
            status=status,
            # What a loop showed is in its items.
            module="" if "results" in values else task.action.split(".")[-1],
            message=message,
        )

    def v2_runner_on_ok(self, result):
        self._end(result, "changed" if result._result.get("changed") else "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._end(result, "ignored" if ignore_errors else "failed")

    def v2_runner_on_skipped(self, result):
        self._end(result, "skipped")

    def v2_runner_on_unreachable(self, result):
        self._end(result, "ignored" if result._task.ignore_unreachable else "unreachable")

    def v2_playbook_on_stats(self, stats):
        self._tell(recap={host: stats.summarize(host) for host in stats.processed})
