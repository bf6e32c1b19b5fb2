# Checks the overrides, then makes controller-0: the state, the markers and openrc, as upstream's bootstrap leaves them.

# Where the overrides are, in the order in which Ansible loads them: later ones win.
function read_overrides(folder,    names, n, i, found) {
  n = split("secrets.yml localhost_secrets.yml site.yml localhost.yml", names, " ")
  for (i = 1; i <= n; i++) {
    if (!is_readable(folder "/" names[i])) continue
    read_yaml(folder "/" names[i])
    found++
  }
  return found
}

# `"{{ name }}"` stands for another variable, most often one of the secrets; no other template is evaluated.
function resolve_references(    path, paths, n, i, tries, name) {
  for (path in Y) if (YT[path] == "string" && Y[path] ~ /\{[{%#]/) paths[++n] = path
  for (i = 1; i <= n; i++) {
    for (tries = 0; YT[paths[i]] == "string" && Y[paths[i]] ~ /\{[{%#]/; tries++) {
      name = Y[paths[i]]
      if (name !~ /^\{\{ *[A-Za-z_][A-Za-z0-9_]* *\}\}$/ || tries > 8)
        refuse("ERROR! the lab's script does not evaluate the template of " one_line(paths[i]))
      gsub(/[{} ]/, "", name)
      if (!(name in YT)) fail_task("'" name "' is undefined")
      if (one_of(YT[name], "list,map"))
        refuse("ERROR! the lab's script does not take the " YT[name] " " name " for " one_line(paths[i]))
      YT[paths[i]] = YT[name]
      Y[paths[i]] = Y[name]
    }
  }
}

# @returns whether the installer has been here: CONF has platform.conf's values
function read_platform(    file, line, at) {
  file = ROOT "/etc/platform/platform.conf"
  while ((getline line < file) > 0) {
    at = index(line, "=")
    if (at > 1) CONF[substr(line, 1, at - 1)] = substr(line, at + 1)
  }
  close(file)
  if (!one_of(CONF["system_type"], "All-in-one,Standard")) fail_task("Host localhost does not have the right image!.")
}

# Upstream ends at the first task that fails, and so does this.
function fail_task(message) {
  refuse("fatal: [localhost]: FAILED! => {\"changed\": false, \"msg\": " json(message) "}")
}

function bootstrap(folder) {
  out("PLAY [bootstrap] ***  (scripted by the Armstead lab, not StarlingX)")
  declare_settings()
  read_platform()
  read_overrides(folder)
  resolve_references()
  if (value_of("ansible_become_pass") == "") fail_task("Missing sudo password")
  if (S["initial_config_complete"] != "" || is_readable(ROOT "/etc/platform/.initial_config_complete"))
    fail_task("The bootstrap of host localhost has already been finalized. Please re-install before attempting to bootstrap it again.")
  check_types()
  check_system()
  check_registries()
  check_networks()
  make_system()
  make_controller()
  write_files()
  out("PLAY RECAP ***")
  out("localhost : ok=1 changed=1 unreachable=0 failed=0")
}

# A replay begins anew: what was provisioned meanwhile is gone, what hands set up stays.
function make_system(    key, names, n, i) {
  for (key in S) if (key !~ /^(settings|hardware)\//) S[key] = ""
  S["system/type"] = CONF["system_type"]
  S["system/mode"] = MODE
  S["system/role"] = ROLE
  S["system/region"] = ROLE == "systemcontroller" ? "RegionOne" : "lab0000000000000000000000000000"
  S["system/ntp"] = "0.pool.ntp.org,1.pool.ntp.org,2.pool.ntp.org"
  S["bootstrap/done"] = 1
  S["bootstrap/at"] = now_text()
  n = split("name description location timezone management_subnet management_start_address management_end_address " \
    "external_oam_subnet external_oam_floating_address admin_subnet docker_fs_size management_dynamic_address_allocation", names, " ")
  for (i = 1; i <= n; i++) S["config/" names[i]] = value_of(names[i])
}

function make_controller(    id, lo, list) {
  id = new_host("52:54:00:00:00:01")
  S["host/" id "/hostname"] = "controller-0"
  S["host/" id "/personality"] = "controller"
  S["host/" id "/subfunctions"] = controller_subfunctions()
  # The installer's choice, or the override, which counts on All-in-one only.
  if (is_aio() && (one_of("lowlatency", CONF["subfunction"]) || value_of("kernel") == "lowlatency"))
    S["host/" id "/subfunctions"] = S["host/" id "/subfunctions"] ",lowlatency"
  S["host/" id "/kernel_running"] = one_of("lowlatency", CONF["subfunction"]) ? "lowlatency" : "standard"
  S["host/" id "/powered"] = 1
  S["host/" id "/availability"] = "online"
  S["host/" id "/inv_state"] = "inventoried"
  S["host/" id "/install_state"] = "completed"
  lo = add_interface(id, "lo", "virtual", "platform", "")
  add_network(lo, "mgmt")
  add_network(lo, "cluster-host")
  list = S["ifs/" id]
  S["ifs/" id] = ""
  add_hardware(id)
  S["ifs/" id] = list " " S["ifs/" id]
}

function write_files(    file) {
  file = ROOT "/etc/platform/openrc"
  print "# Written by the Armstead lab's scripted bootstrap, not by StarlingX." > file
  print "unset OS_SERVICE_TOKEN" > file
  print "export OS_ENDPOINT_TYPE=internalURL" > file
  print "export CINDER_ENDPOINT_TYPE=internalURL" > file
  print "export OS_USERNAME=admin" > file
  # Not the password: no lab file holds one.
  print "export OS_PASSWORD=starlingx-lab" > file
  print "export OS_AUTH_TYPE=password" > file
  print "export OS_AUTH_URL=http://localhost:5000/v3" > file
  print "export OS_PROJECT_NAME=admin" > file
  print "export OS_USER_DOMAIN_NAME=Default" > file
  print "export OS_PROJECT_DOMAIN_NAME=Default" > file
  print "export OS_IDENTITY_API_VERSION=3" > file
  print "export OS_REGION_NAME=" S["system/region"] > file
  print "export OS_INTERFACE=internal" > file
  close(file)
  file = ROOT "/etc/platform/.bootstrap_completed"
  printf "" > file
  close(file)
}
