# What time does: installations end, unlocked hosts come up, disks and monitors get configured. There is no
# daemon: each call works out what is due by now. A step is STARLINGX_LAB_STEP_SECONDS, else what
# `starlingx-lab step` set, else one second.

function advance(    ids, n, i, id) {
  n = split(S["hosts"], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    if (is_due("host/" id "/install_due")) finish_install(id)
    if (is_due("host/" id "/kernel_due")) S["host/" id "/task"] = ""
    if (is_due("host/" id "/unlock_due")) finish_reboot(id)
    if (is_due("host/" id "/enable_due")) finish_unlock(id)
    if (is_due("host/" id "/lock_due")) finish_lock(id)
  }
  configure_due("stors", "stor")
  configure_due("mons", "mon")
  configure_due("backends", "backend")
}

# Whether this time has come; then it is forgotten.
function is_due(key) {
  if (S[key] == "" || S[key] + 0 > NOW) return 0
  S[key] = ""
  return 1
}

function configure_due(list, kind,    ids, n, i) {
  n = split(S[list], ids, " ")
  for (i = 1; i <= n; i++) {
    if (!is_due(kind "/" ids[i] "/due")) continue
    S[kind "/" ids[i] "/state"] = "configured"
    if (kind == "backend") S["backend/" ids[i] "/task"] = S["backend/" ids[i] "/next_task"]
  }
}

function later(steps) {
  return NOW + STEP * steps
}

# The agent of the installed host has reported what it found.
function finish_install(id) {
  S["host/" id "/availability"] = "online"
  S["host/" id "/install_state"] = "completed"
  S["host/" id "/inv_state"] = "inventoried"
  S["host/" id "/kernel_running"] = provisioned_kernel(id)
  add_hardware(id)
}

function finish_reboot(id) {
  S["host/" id "/administrative"] = "unlocked"
  S["host/" id "/availability"] = "intest"
  S["host/" id "/invprovision"] = "provisioning"
  S["host/" id "/task"] = "Booting"
  # From here on the bootstrap cannot be played again.
  if (id == 1) mark_initial_config()
}

function finish_unlock(id,    ids, n, i) {
  S["host/" id "/operational"] = "enabled"
  S["host/" id "/availability"] = "available"
  S["host/" id "/invprovision"] = "provisioned"
  S["host/" id "/task"] = ""
  S["host/" id "/kernel_running"] = provisioned_kernel(id)
  take_pages(id, "2M")
  take_pages(id, "1G")
  n = split(S["stors"], ids, " ")
  for (i = 1; i <= n; i++)
    if (S["stor/" ids[i] "/host"] == id && S["stor/" ids[i] "/state"] == "configuring-on-unlock")
      S["stor/" ids[i] "/state"] = "configured"
  n = split(S["mons"], ids, " ")
  for (i = 1; i <= n; i++) if (S["mon/" ids[i] "/host"] == id) S["mon/" ids[i] "/state"] = "configured"
}

# Huge pages that were asked for are there with the next boot.
function take_pages(id, size,    pending) {
  pending = "host/" id "/hugepages_pending_" size
  if (S[pending] == "") return
  S["host/" id "/hugepages_" size] = S[pending]
  S[pending] = ""
}

function finish_lock(id) {
  S["host/" id "/administrative"] = "locked"
  S["host/" id "/operational"] = "disabled"
  S["host/" id "/availability"] = "online"
  S["host/" id "/task"] = ""
}

# controller-0 reboots when it is unlocked: until it is back, nobody answers.
function refuse_while_down() {
  if (S["host/1/unlock_due"] != "")
    refuse("Unable to establish connection to " KEYSTONE ": the controller is rebooting")
}

function mark_initial_config(    file) {
  if (S["initial_config_complete"] != "") return
  S["initial_config_complete"] = 1
  file = ROOT "/etc/platform/.initial_config_complete"
  printf "" > file
  close(file)
}
