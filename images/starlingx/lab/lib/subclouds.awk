# Subclouds: what is kept of them, how their deployment goes on by itself, and their management.

# @returns the id by name or id; refuses an unknown one
function find_subcloud(word,    ids, n, i) {
  n = split(S["subclouds"], ids, " ")
  for (i = 1; i <= n; i++) if (S["subcloud/" ids[i] "/name"] == word || ids[i] "" == word) return ids[i]
  abort("Subcloud not found")
}

# The states still to come are a queue; each is taken a step after the one before.
function advance_subclouds(    ids, n, i, key, queue, m, j) {
  n = split(S["subclouds"], ids, " ")
  for (i = 1; i <= n; i++) {
    key = "subcloud/" ids[i] "/"
    m = split(S[key "queue"], queue, " ")
    for (j = 1; j <= m && S[key "next"] + 0 <= NOW; j++) {
      if (queue[j] == "online") S[key "availability"] = "online"
      else S[key "deploy"] = queue[j]
      S[key "updated_at"] = now_text()
      S[key "next"] += STEP
      sub(/^[^ ]* ?/, "", S[key "queue"])
    }
  }
}

function enqueue(id, state, rest) {
  S["subcloud/" id "/deploy"] = state
  S["subcloud/" id "/queue"] = rest
  S["subcloud/" id "/next"] = later(1)
}

# @param state, rest - where the deployment begins and what follows by itself
function create_subcloud(state, rest,    id, names, n, i, name) {
  check_files()
  name = check_bootstrap_values(ARG["bootstrap-values"])
  n = split(S["subclouds"], names, " ")
  for (i = 1; i <= n; i++) if (S["subcloud/" names[i] "/name"] == name) abort("Subcloud with that name already exists")
  if (!is_address(ARG["bootstrap-address"])) abort("bootstrap-address invalid: " one_line(ARG["bootstrap-address"]))
  id = next_id("subcloud")
  list_add("subclouds", id)
  n = split("name system_mode management_subnet management_start_address management_end_address management_gateway_address " \
    "systemcontroller_gateway_address description location admin_subnet admin_start_address admin_end_address", names, " ")
  for (i = 1; i <= n; i++) S["subcloud/" id "/" names[i]] = Y[names[i]]
  S["subcloud/" id "/management"] = "unmanaged"
  S["subcloud/" id "/availability"] = "offline"
  S["subcloud/" id "/created_at"] = now_text()
  S["subcloud/" id "/install"] = ARG["install-values"] != "" ? 1 : ""
  S["subcloud/" id "/config"] = ARG["deploy-config"] != "" ? 1 : ""
  enqueue(id, state, rest)
  show_subcloud(id)
}

# Files of the caller: each that is named must be there.
function check_files(    names, n, i) {
  n = split("install-values bootstrap-values deploy-config", names, " ")
  for (i = 1; i <= n; i++)
    if (ARG[names[i]] != "" && !is_readable(absolute(ARG[names[i]])))
      refuse(names[i] " does not exist: " one_line(ARG[names[i]]))
  if ("migrate" in ARG && ARG["deploy-config"] != "") refuse("migrate with deploy-config is not allowed")
  if (ARG["name"] != "") refuse("The --name option can only be used with --migrate option.")
  if ("migrate" in ARG) refuse("The lab's script does not migrate subclouds")
  # The client would ask on the terminal, which an unattended run has not.
  if (ARG["sysadmin-password"] == "")
    refuse("Enter the sysadmin password for the subcloud: no terminal to ask on (use --sysadmin-password)")
  if (ARG["install-values"] != "" && ARG["bmc-password"] == "")
    refuse("Enter the bmc password for the subcloud: no terminal to ask on (use --bmc-password)")
}

# A phase by itself. @param allowed - deploy states in which it may be asked for
function phase(word, allowed, state, rest,    id, shown) {
  id = find_subcloud(word)
  if (!one_of(S["subcloud/" id "/deploy"], allowed)) {
    shown = allowed
    gsub(/,/, ", ", shown)
    abort("Subcloud deploy status must be either: " shown)
  }
  enqueue(id, state, rest)
  show_subcloud(id)
}

function manage(word, force,    id, key) {
  id = find_subcloud(word)
  key = "subcloud/" id "/"
  if (S[key "management"] == "managed") unable("manage", word, "Subcloud " S[key "name"] " already managed")
  if (!force && S[key "deploy"] != "complete")
    unable("manage", word, "Unable to manage " S[key "name"] ": its deploy_status must be either 'complete' or 'rehome-pending'")
  if (!force && S[key "availability"] != "online") unable("manage", word, "Subcloud is not online.")
  S[key "management"] = "managed"
  show_subcloud(id)
}

function unmanage(word,    id) {
  id = find_subcloud(word)
  if (S["subcloud/" id "/management"] == "unmanaged")
    unable("unmanage", word, "Subcloud " S["subcloud/" id "/name"] " already unmanaged")
  S["subcloud/" id "/management"] = "unmanaged"
  show_subcloud(id)
}

function delete_subcloud(word,    id, key) {
  id = find_subcloud(word)
  if (S["subcloud/" id "/management"] == "managed") abort("Cannot delete a subcloud that is 'managed' status")
  if (S["subcloud/" id "/availability"] == "online") abort("Cannot delete a subcloud that is 'online' status")
  list_drop("subclouds", id)
  for (key in S) if (index(key, "subcloud/" id "/") == 1) S[key] = ""
}

function unable(verb, word, reason) {
  refuse("ERROR (app) " reason "\nUnable to " verb " subcloud " one_line(word))
}
