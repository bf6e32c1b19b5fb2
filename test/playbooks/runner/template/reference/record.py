"""Renders the templates of cases.json by ansible-core's Templar and prints what it makes of each, as JSON.

For each template: the text that is printed, and the value (of the expression itself, when the template is nothing but one;
else as Ansible reads the text), or that it fails. Usage: record.py cases.json
"""
import json
import os
import sys
import tempfile

# No configuration of this machine.
HOME = tempfile.mkdtemp()
CONFIG = os.path.join(HOME, "ansible.cfg")
open(CONFIG, "w", encoding="utf-8").close()
os.environ.update(ANSIBLE_CONFIG=CONFIG, HOME=HOME)

import ansible.template
from ansible.parsing.dataloader import DataLoader
from ansible.template import (
    Templar,
    _count_newlines_from_end,
    _escape_backslashes,
    ansible_concat,
)
from ansible.template.native_helpers import ansible_eval_concat
from ansible.utils.unsafe_proxy import wrap_var
from jinja2 import TemplateSyntaxError
from jinja2.runtime import Undefined


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        cases = json.load(source)
    with tempfile.TemporaryDirectory() as folder:
        for path, content in cases["files"].items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as target:
                target.write(content)
        os.chdir(folder)
        results = {}
        for group in cases["groups"]:
            is_file = group["name"] == "files"
            for template in group["templates"]:
                results[template] = evaluate(cases["variables"], folder, template, is_file)
    json.dump(results, sys.stdout, indent=1, sort_keys=True)


def evaluate(variables, folder, template, is_file):
    loader = DataLoader()
    loader.set_basedir(folder)
    values = json.loads(json.dumps(variables))
    values["ansible_search_path"] = [folder]
    # What holds braces is data, as results of tasks are.
    for name in ("text", "braces"):
        values[name] = wrap_var(values[name])
    templar = Templar(loader=loader, variables=values)
    templar.environment.loader.searchpath = [os.path.join(folder, "templates"), folder]
    try:
        if is_file:
            return {"text": templar.template(template, convert_data=False, escape_backslashes=False)}
        nodes = nodes_of(templar, template)
        text = ansible_concat(list(nodes))
        missing = _count_newlines_from_end(template) - _count_newlines_from_end(text)
        text += "\n" * max(0, missing)
        # Constants are text already when they are joined, so the expression is asked.
        expression = expression_of(templar, template)
        if expression is not None:
            value = expression(**{**templar.environment.globals, **templar.available_variables})
        else:
            value = ansible_eval_concat(list(nodes))
            value = value + "\n" * max(0, missing) if isinstance(value, str) else value
        return {"text": text, "value": plain(value)}
    except Exception as error:
        return {"error": True}


def expression_of(templar, template):
    """The one expression of a template, if it is nothing else."""
    if not (template.startswith("{{") and template.endswith("}}")):
        return None
    escaped = _escape_backslashes(template, templar.environment)
    try:
        return templar.environment.compile_expression(escaped[2:-2], undefined_to_none=False)
    except TemplateSyntaxError:
        return None


def nodes_of(templar, template):
    """What do_template joins: macros and includes are joined before, so the last call is the one."""
    kept = []

    def keep(nodes):
        kept[:] = [list(nodes)]
        return ansible_concat(kept[0])

    ansible.template.ansible_concat = keep
    try:
        templar.do_template(template, convert_data=False, escape_backslashes=True)
    finally:
        ansible.template.ansible_concat = ansible_concat
    return kept[0]


def plain(value):
    if isinstance(value, Undefined):
        return str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(it) for key, it in value.items()}
    if isinstance(value, (list, tuple, set)) or hasattr(value, "__next__"):
        return [plain(it) for it in value]
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return [plain(it) for it in value]
    return str(value)


main()
