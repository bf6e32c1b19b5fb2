/**
 * The callback plugin that a real ansible-playbook is given: it writes one JSON line an event to file
 * descriptor 3, so that nothing that plays print is taken for one. For ansible-core 2.11 and later.
 */

/** Name of the last play, which does nothing: hosts that come to it came to their end. */
export const LAST_PLAY = "armstead: the end";
/** The descriptor. */
export const EVENTS_DESCRIPTOR = 3;

/** What the plugin tells. */
export type AnsibleEvent =
  | { readonly event: "play"; readonly play: string; readonly hosts: readonly string[] }
  | {
      readonly event: "task";
      readonly play: string;
      readonly task: string;
      readonly module: string;
      readonly host: string;
      readonly status: "ok" | "changed" | "skipped" | "failed" | "ignored" | "unreachable";
      readonly milliseconds: number;
      /** The task's file and line: `/…/site.yml:4`. */
      readonly at: string;
      readonly hidden: boolean;
      readonly message: string;
      readonly diff: string;
    }
  | {
      readonly event: "stats";
      readonly hosts: Readonly<Record<string, AnsibleCounts>>;
      /** What set_stats gave. */
      readonly custom: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };

/** Ansible's own counts of one host. */
export interface AnsibleCounts {
  readonly ok: number;
  readonly changed: number;
  readonly skipped: number;
  readonly failures: number;
  readonly unreachable: number;
  readonly rescued: number;
  readonly ignored: number;
}

/** The plugin's name. */
export const PLUGIN = "armstead_events";

/** The plugin. */
export const PLUGIN_SOURCE = `
from __future__ import annotations
import json
import os
import time
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = '''
name: ${PLUGIN}
type: stdout
short_description: one JSON line an event
description: Tells the program that started ansible-playbook what happens.
'''


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'stdout'
    CALLBACK_NAME = '${PLUGIN}'

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.out = os.fdopen(${EVENTS_DESCRIPTOR}, 'w', encoding='utf-8', errors='replace')
        self.play = ''
        self.started = {}
        self.diffs = {}

    def tell(self, event, **parts):
        self.out.write(json.dumps(dict(parts, event=event), default=str) + '\\n')
        self.out.flush()

    def v2_playbook_on_play_start(self, play):
        self.play = play.get_name()
        vm = play.get_variable_manager()
        hosts = vm._inventory.get_hosts(play.hosts, order=play.order)
        self.tell('play', play=self.play, hosts=[it.get_name() for it in hosts])

    def v2_runner_on_start(self, host, task):
        self.started[(host.get_name(), task._uuid)] = time.time()

    def v2_on_file_diff(self, result):
        diff = result._result.get('diff')
        if result._task.loop and 'results' in result._result:
            diff = [it['diff'] for it in result._result['results'] if it.get('diff')]
        if diff:
            flat = []
            for it in diff if isinstance(diff, list) else [diff]:
                flat.extend(it if isinstance(it, list) else [it])
            key = (result._host.get_name(), result._task._uuid)
            self.diffs[key] = self._get_diff(flat)

    def end(self, result, status):
        task, data = result._task, result._result
        key = (result._host.get_name(), task._uuid)
        hidden = 'censored' in data or bool(task.no_log)
        diff = self.diffs.pop(key, '')
        self.tell(
            'task', play=self.play, task=task.get_name().split(' : ', 1)[-1], module=task.action,
            host=key[0], status=status, at=task.get_path() or '', hidden=hidden,
            milliseconds=int((time.time() - self.started.pop(key, time.time())) * 1000),
            message='' if hidden else self.words(status, task, data),
            diff='' if hidden else diff)

    def words(self, status, task, data):
        if status in ('skipped', 'changed', 'ok') and task.action.split('.')[-1] != 'debug':
            return ''
        failed = [it for it in data.get('results', []) if isinstance(it, dict) and it.get('failed')]
        for it in failed[:1]:
            data = it
        parts = [str(data.get('msg', ''))]
        if status in ('failed', 'ignored'):
            parts += [str(data.get('stderr') or data.get('module_stderr') or '')]
        return '\\n'.join(it for it in parts if it)[:20000]

    def v2_runner_on_ok(self, result):
        self.end(result, 'changed' if result._result.get('changed') else 'ok')

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.end(result, 'ignored' if ignore_errors else 'failed')

    def v2_runner_on_skipped(self, result):
        self.end(result, 'skipped')

    def v2_runner_on_unreachable(self, result):
        self.end(result, 'ignored' if result._task.ignore_unreachable is True else 'unreachable')

    def v2_playbook_on_stats(self, stats):
        hosts = {host: stats.summarize(host) for host in stats.processed}
        self.tell('stats', hosts=hosts, custom=stats.custom)
`.trimStart();
