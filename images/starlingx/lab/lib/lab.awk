# `starlingx-lab`: what no command of StarlingX does, since it is done by hands.
#   install TYPE [KERNEL] [--storage dedicated]   the installer's menu on controller-0: All-in-one or Standard,
#                                                 standard or lowlatency; with `dedicated`, an unlock without Ceph is refused
#   hardware WHO ports=A,B disks=/dev/sda:GIB,… cpus=N memory=MIB
#                                                 of `default`, a host's name or a MAC address
#   power-on MAC                                  switches a machine on, which boots from controller-0
#   step SECONDS                                  how long a change takes from now on
#   state                                         everything that is kept

BEGIN {
  load_state()
  NAME = ARGV[1]
  PROGRAM = "starlingx-lab " one_line(NAME)
  advance()
  if (NAME == "--version") out("scripted by the Armstead lab, not StarlingX")
  else if (NAME == "install") { parse_arguments("type:All-in-one,Standard kernel?:standard,lowlatency --storage=:dedicated", 2); install() }
  else if (NAME == "hardware") { parse_arguments("who attributes+", 2); hardware() }
  else if (NAME == "power-on") { parse_arguments("mac", 2); power_on(ARG["mac"]) }
  else if (NAME == "step") { parse_arguments("seconds", 2); set_step(ARG["seconds"]) }
  else if (NAME == "state") { parse_arguments("", 2); show_state() }
  else misuse("one of install, hardware, power-on, step, state")
  PROGRAM = "starlingx-lab"
  succeed()
}

# The installer writes what the bootstrap reads. A second time is a new installation: nothing of before stays.
function install(    kernel, file) {
  if (S["bootstrap/done"] != "" && S["system/type"] == ARG["type"])
    refuse("controller-0 is installed and bootstrapped already")
  if (S["bootstrap/done"] != "")
    refuse("controller-0 is bootstrapped as " S["system/type"] "; it would have to be installed anew")
  kernel = ARG["kernel"] == "" ? "standard" : ARG["kernel"]
  if (kernel == "lowlatency" && ARG["type"] == "Standard")
    refuse("the installer's menu has no Standard controller with the low-latency kernel")
  S["settings/storage"] = ARG["storage"]
  file = ROOT "/etc/platform/platform.conf"
  print "# Written by the Armstead lab in the place of StarlingX's installer." > file
  print "nodetype=controller" > file
  print "subfunction=" (ARG["type"] == "All-in-one" ? "controller,worker" : "controller") (kernel == "lowlatency" ? ",lowlatency" : "") > file
  print "system_type=" ARG["type"] > file
  print "sw_version=9.0" > file
  close(file)
}

function hardware(    i, at, what, value) {
  if (ARG["who"] !~ /^[A-Za-z0-9_.:-]+$/) refuse("no such machine: " one_line(ARG["who"]))
  for (i = 1; i <= ARG["attributes", "n"]; i++) {
    at = index(ARG["attributes", i], "=")
    what = substr(ARG["attributes", i], 1, at - 1)
    value = substr(ARG["attributes", i], at + 1)
    if (what == "ports") check_words(value, "^[a-z][a-z0-9_.-]*$")
    else if (what == "disks") check_words(value, "^/dev/[A-Za-z0-9_/.-]+:[1-9][0-9]*$")
    else if (what == "cpus") check_words(value, "^[1-9][0-9]?[0-9]?$")
    else if (what == "memory") check_words(value, "^[1-9][0-9]*$")
    else refuse("hardware is ports=…, disks=…, cpus=… and memory=…, not " one_line(ARG["attributes", i]))
    gsub(/,/, " ", value)
    S["hardware/" (normal_mac(ARG["who"]) != "" ? normal_mac(ARG["who"]) : ARG["who"]) "/" what] = value
  }
}

function check_words(list, shape,    words, n, i) {
  n = split(list, words, ",")
  if (n == 0) refuse("nothing is named")
  for (i = 1; i <= n; i++) if (words[i] !~ shape) refuse("not understood: " one_line(words[i]))
}

# A machine that is switched on finds controller-0's boot services and shows up in the inventory.
function power_on(word,    mac, id) {
  mac = normal_mac(word)
  if (mac == "") refuse("not a MAC address: " one_line(word))
  if (S["bootstrap/done"] == "" || !is_enabled(1))
    refuse("Provisioning request for new host '" mac "' is not permitted while there is no unlocked-enabled " \
      "controller. Unlock controller-0, wait for it to enable and then retry.")
  if (is_simplex()) refuse("Host-add Rejected: Adding a host on a simplex system is not allowed.")
  id = host_of_mac(mac)
  if (S["system/mode"] == "duplex-direct" && count_others(id) > 0)
    refuse("a duplex-direct system has no switch: nothing but controller-1 can boot from controller-0")
  if (id == "" && S["config/management_dynamic_address_allocation"] == "false")
    refuse("management addresses are not allocated dynamically: " mac " must be added with system host-add before it is switched on")
  if (id == "") id = new_host(mac)
  if (host_get(id, "powered") != "") return
  S["host/" id "/powered"] = 1
  begin_install(id)
}

# Hosts besides controller-0 and this one.
function count_others(id,    ids, n) {
  n = split(S["hosts"], ids, " ")
  return n - 1 - (id != "" && id > 1 ? 1 : 0)
}

function set_step(seconds) {
  if (!is_number(seconds) || seconds + 0 > 3600) refuse("seconds, 0 to 3600: not " one_line(seconds))
  S["settings/step"] = seconds + 0 ""
}

function show_state(    key, n, keys, i, j, word) {
  for (key in S) if (S[key] != "") keys[++n] = key
  for (i = 2; i <= n; i++) {
    word = keys[i]
    for (j = i - 1; j >= 1 && keys[j] "" > word ""; j--) keys[j + 1] = keys[j]
    keys[j + 1] = word
  }
  for (i = 1; i <= n; i++) out(keys[i] "\t" escape(S[keys[i]]))
}
