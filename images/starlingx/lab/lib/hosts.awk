# Hosts of the inventory: finding them, making them, and what they are.

# @returns the id of a host by name, id or uuid; refuses when there is none
function find_host(word,    ids, n, i) {
  n = split(S["hosts"], ids, " ")
  for (i = 1; i <= n; i++) {
    if (is_number(word) ? ids[i] == word + 0 : word == S["host/" ids[i] "/hostname"] && word != "") return ids[i]
    if (word == uuid_of("host", ids[i])) return ids[i]
  }
  refuse("host not found: " one_line(word))
}

# @returns the id of the host with this MAC address; "" when there is none
function host_of_mac(mac,    ids, n, i) {
  n = split(S["hosts"], ids, " ")
  for (i = 1; i <= n; i++) if (S["host/" ids[i] "/mgmt_mac"] == mac) return ids[i]
  return ""
}

function host_of_name(name,    ids, n, i) {
  n = split(S["hosts"], ids, " ")
  for (i = 1; i <= n; i++) if (S["host/" ids[i] "/hostname"] == name && name != "") return ids[i]
  return ""
}

function new_host(mac,    id) {
  id = next_id("host")
  list_add("hosts", id)
  S["host/" id "/mgmt_mac"] = mac
  S["host/" id "/administrative"] = "locked"
  S["host/" id "/operational"] = "disabled"
  S["host/" id "/availability"] = "offline"
  S["host/" id "/clock_synchronization"] = "ntp"
  S["host/" id "/boot_device"] = "/dev/sda"
  S["host/" id "/rootfs_device"] = "/dev/sda"
  S["host/" id "/console"] = "ttyAMA0,115200"
  S["host/" id "/install_output"] = "text"
  S["host/" id "/created_at"] = now_text()
  return id
}

function host_get(id, field) {
  return S["host/" id "/" field]
}

# How messages name a host: by its name, before it has one by its uuid.
function shown_host(id) {
  return host_get(id, "hostname") != "" ? host_get(id, "hostname") : uuid_of("host", id)
}

function has_function(id, name) {
  return one_of(name, host_get(id, "subfunctions"))
}

function is_locked(id) {
  return host_get(id, "administrative") == "locked"
}

function is_enabled(id) {
  return host_get(id, "administrative") == "unlocked" && host_get(id, "operational") == "enabled"
}

function provisioned_kernel(id) {
  return has_function(id, "lowlatency") ? "lowlatency" : "standard"
}

function is_aio() {
  return S["system/type"] == "All-in-one"
}

function is_simplex() {
  return S["system/mode"] == "simplex"
}

# @returns how many hosts have this personality
function count_personality(name,    ids, n, i, count) {
  n = split(S["hosts"], ids, " ")
  count = 0
  for (i = 1; i <= n; i++) if (host_get(ids[i], "personality") == name) count++
  return count
}

# The subfunctions that the installer gave to controllers.
function controller_subfunctions() {
  return is_aio() ? "controller,worker" : "controller"
}

# @returns the MAC address in its usual spelling; "" when it is none
function normal_mac(text) {
  text = tolower(text)
  gsub(/-/, ":", text)
  return length(text) == 17 && text ~ /^[0-9a-f][0-9a-f](:[0-9a-f][0-9a-f])+$/ ? text : ""
}
