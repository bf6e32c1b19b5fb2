# `dcmanager`: runs on the active controller of a system controller and nowhere else.

BEGIN {
  load_state()
  PROGRAM = "dcmanager"
  first = skip_options()
  NAME = ARGV[first] " " ARGV[first + 1]
  used = 2
  if (NAME == "subcloud deploy") { NAME = NAME " " ARGV[first + 2]; used = 3 }
  declare_commands()
  if (!(NAME in DECLARED))
    misuse("'" one_line(trim(NAME)) "' is not a dcmanager command of the lab's script. It knows: " KNOWN)
  PROGRAM = "dcmanager " NAME
  parse_arguments(DECLARED[NAME], first + used)
  PROGRAM = "dcmanager"
  check_access()
  advance()
  advance_subclouds()
  run(NAME)
  succeed()
}

function skip_options(    i) {
  for (i = 1; i < ARGC && substr(ARGV[i], 1, 1) == "-"; i++) {
    if (ARGV[i] == "--version") {
      out("scripted by the Armstead lab, not StarlingX")
      succeed()
    }
    if (ARGV[i] !~ /^--os-[a-z-]+$/) continue
    if (ARGV[i] == "--os-auth-url") URL = ARGV[i + 1]
    i++
  }
  return i
}

function check_access() {
  if (URL ENVIRON["OS_AUTH_URL"] == "")
    refuse("You must provide an auth url via either --os-auth-url or env[OS_AUTH_URL] or specify an auth_system which " \
      "defines a default url with --os-auth-system or env[OS_AUTH_SYSTEM]")
  if (ENVIRON["OS_PASSWORD"] == "") refuse("You must provide a password via either --os-password or env[OS_PASSWORD]")
  if (S["bootstrap/done"] == "") refuse("Unable to establish connection: controller-0 is not bootstrapped")
  if (S["system/role"] != "systemcontroller")
    refuse("internalURL endpoint for dcmanager service in " S["system/region"] " region not found: this is no system controller")
}

function command(name, declared) {
  DECLARED[name] = declared
  KNOWN = KNOWN (KNOWN == "" ? "" : ", ") name
}

function declare_commands(    values) {
  values = "--bootstrap-address= --bootstrap-values= --deploy-config= --install-values= --sysadmin-password= --bmc-password= " \
    "--group= --release="
  command("subcloud add", values " --name= --migrate")
  command("subcloud list", "-d,--detail --all -f,--format=:table,value,yaml -c,--column*=")
  command("subcloud show", "subcloud -d,--detail -f,--format=:table,value,yaml -c,--column*=")
  command("subcloud errors", "subcloud")
  command("subcloud manage", "subcloud --force"); command("subcloud unmanage", "subcloud --migrate -y,--yes")
  command("subcloud delete", "subcloud -y,--yes")
  command("subcloud deploy create", values); command("subcloud deploy install", "subcloud --sysadmin-password=")
  command("subcloud deploy bootstrap", "subcloud --sysadmin-password=")
  command("subcloud deploy config", "subcloud --sysadmin-password=")
  command("subcloud deploy complete", "subcloud")
}

function run(name) {
  if (name != "subcloud list" && name != "subcloud show" && !is_enabled(1))
    refuse("Unable to establish connection to dcmanager: controller-0 is not unlocked and enabled")
  if (name == "subcloud add" || name == "subcloud deploy create") add_subcloud(name)
  else if (name == "subcloud list") list_subclouds()
  else if (name == "subcloud show") show_subcloud(find_subcloud(ARG["subcloud"]))
  else if (name == "subcloud errors") { find_subcloud(ARG["subcloud"]); out("No errors present") }
  else if (name == "subcloud manage") manage(ARG["subcloud"], "force" in ARG)
  else if (name == "subcloud unmanage") unmanage(ARG["subcloud"])
  else if (name == "subcloud delete") delete_subcloud(ARG["subcloud"])
  else run_phase(name)
}

function add_subcloud(name) {
  if (ARG["bootstrap-address"] == "") misuse("the following arguments are required: --bootstrap-address")
  if (ARG["bootstrap-values"] == "") misuse("the following arguments are required: --bootstrap-values")
  if (name == "subcloud deploy create") create_subcloud("creating", "create-complete")
  else create_subcloud(ARG["install-values"] != "" ? "pre-install" : "pre-bootstrap", \
    (ARG["install-values"] != "" ? "installing " : "") "bootstrapping " \
    (ARG["deploy-config"] != "" ? "configuring " : "") "complete online")
}

function run_phase(name,    id) {
  id = find_subcloud(ARG["subcloud"])
  if (name == "subcloud deploy install") {
    if (!S["subcloud/" id "/install"])
      abort("Install values is not available: it was not given when the subcloud was created")
    phase(ARG["subcloud"], "create-complete,pre-install-failed,install-failed,install-complete,install-aborted", \
      "pre-install", "installing install-complete")
  } else if (name == "subcloud deploy bootstrap")
    phase(ARG["subcloud"], "install-complete,pre-bootstrap-failed,bootstrap-failed,bootstrap-aborted," \
      "bootstrap-complete,create-complete", "pre-bootstrap", "bootstrapping bootstrap-complete")
  else if (name == "subcloud deploy config") {
    if (!S["subcloud/" id "/config"])
      abort("deploy-config is not available: it was not given when the subcloud was created")
    phase(ARG["subcloud"], "complete,pre-config-failed,config-failed,bootstrap-complete,enroll-complete,config-aborted", \
      "pre-config", "configuring complete online")
  } else phase(ARG["subcloud"], "bootstrap-complete,enroll-complete", "complete", "online")
}

function list_subclouds(    ids, n, i, key) {
  table_begin("id|name|management|availability|deploy status|sync|backup status|prestage status")
  n = split(S["subclouds"], ids, " ")
  for (i = 1; i <= n; i++) {
    key = "subcloud/" ids[i] "/"
    table_row()
    table_cell(ids[i]); table_cell(S[key "name"]); table_cell(S[key "management"]); table_cell(S[key "availability"])
    table_cell(S[key "deploy"]); table_cell(S[key "management"] == "managed" ? "in-sync" : "unknown")
    table_cell(""); table_cell("")
  }
  pick_columns()
  table_end(ARG["format"], 0)
}

# `-c`: cliff shows the asked columns only, in the order in which they were asked for.
function pick_columns(    i, j, row, heading, cell, width, wanted) {
  if (ARG["column", "n"] == 0) return
  for (j = 1; j <= ARG["column", "n"]; j++) {
    for (i = 1; i <= COLUMNS && HEADING[i] != ARG["column", j]; i++) continue
    if (i > COLUMNS) refuse("No recognized column names in ['" one_line(ARG["column", j]) "']")
    wanted[j] = i
  }
  for (j = 1; j <= ARG["column", "n"]; j++) {
    heading[j] = HEADING[wanted[j]]; width[j] = WIDTH[wanted[j]]
    for (row = 1; row <= ROWS; row++) cell[row, j] = CELL[row, wanted[j]]
  }
  COLUMNS = ARG["column", "n"]
  for (j = 1; j <= COLUMNS; j++) {
    HEADING[j] = heading[j]; WIDTH[j] = width[j]
    for (row = 1; row <= ROWS; row++) CELL[row, j] = cell[row, j]
  }
}

function show_subcloud(id,    key) {
  key = "subcloud/" id "/"
  PROPERTIES = 0
  shown("id", id); shown("name", S[key "name"])
  shown("description", S[key "description"]); shown("location", S[key "location"])
  shown("software_version", "9.0"); shown("management", S[key "management"])
  shown("availability", S[key "availability"])
  shown("deploy_status", S[key "deploy"]); shown("management_subnet", S[key "management_subnet"])
  shown("management_start_ip", S[key "management_start_address"])
  shown("management_end_ip", S[key "management_end_address"])
  shown("management_gateway_ip", S[key "management_gateway_address"])
  shown("systemcontroller_gateway_ip", S[key "systemcontroller_gateway_address"]); shown("group_id", 1)
  shown("created_at", S[key "created_at"]); shown("updated_at", S[key "updated_at"])
  table_properties(ARG["format"])
}

function shown(name, value,    i) {
  if (ARG["column", "n"] == 0) { property(name, value); return }
  for (i = 1; i <= ARG["column", "n"]; i++) if (ARG["column", i] == name) property(name, value)
}

# cliff's headings, and one value a line for `-f value`.
function table_properties(format,    i) {
  if (format == "value") { for (i = 1; i <= PROPERTIES; i++) out(PROPERTY_VALUE[i]); return }
  if (format == "yaml") { property_end("yaml"); return }
  table_begin("Field|Value")
  for (i = 1; i <= PROPERTIES; i++) { table_row(); table_cell(PROPERTY[i]); table_cell(PROPERTY_VALUE[i]) }
  table_end("table", 0)
}
