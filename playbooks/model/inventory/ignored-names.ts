/** Files of a folder of inventories that are none. Source: Ansible's INVENTORY_IGNORE_EXTS. Pure. */

const ENDINGS = /(?:\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry)|~)$/;
const NAMES = /^(?:\..*|host_vars|group_vars|vars_plugins)$/s;

/** Whether Ansible leaves a file or folder of this name out: `.ini` among them. */
export function isIgnoredInventory(name: string): boolean {
  return ENDINGS.test(name) || NAMES.test(name);
}
