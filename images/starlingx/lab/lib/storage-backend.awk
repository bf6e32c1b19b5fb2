# storage-backend-…: Ceph that sysinv configures itself, and Rook Ceph that an application brings.

function storage_backend_list(    ids, n, i, id) {
  table_begin("uuid|name|backend|state|task|services|capabilities")
  n = split(S["backends"], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    table_row()
    table_cell(uuid_of("backend", id)); table_cell(S["backend/" id "/name"]); table_cell(S["backend/" id "/type"])
    table_cell(S["backend/" id "/state"]); table_cell(S["backend/" id "/task"])
    table_cell(S["backend/" id "/services"]); table_cell(S["backend/" id "/capabilities"])
  }
  table_end("table", 1)
}

function storage_backend_add(    i, at, name, value) {
  for (i = 1; i <= ARG["attributes", "n"]; i++) {
    at = index(ARG["attributes", i], "=")
    if (at == 0) continue
    name = substr(ARG["attributes", i], 1, at - 1)
    value = substr(ARG["attributes", i], at + 1)
    if (!one_of(name, "replication,min_replication"))
      refuse("The lab's script does not know the backend parameter " one_line(name))
    BACKEND[name] = value
  }
  if (ARG["backend"] == "ceph") add_ceph()
  else if (ARG["backend"] == "ceph-rook") add_rook()
  else refuse("The lab's script adds only the backends ceph and ceph-rook")
  out("")
  out("System configuration has changed.")
  out("Please follow the administrator guide to complete configuring the system.")
  out("")
  storage_backend_list()
}

function check_replication(allowed) {
  if (("replication" in BACKEND) && !one_of(BACKEND["replication"], allowed))
    refuse("Required backend parameter 'replication' has invalid value '" one_line(BACKEND["replication"]) \
      "'. Supported values are [" allowed "].")
}

function replication(    chosen) {
  chosen = BACKEND["replication"] != "" ? BACKEND["replication"] : is_simplex() ? 1 : 2
  return "replication: " chosen ", min_replication: " (BACKEND["min_replication"] != "" ? BACKEND["min_replication"] : chosen > 1 ? chosen - 1 : 1)
}

function add_ceph(    id) {
  check_replication(is_simplex() ? "1,2,3" : is_aio() ? "2" : "2,3")
  if (has_backend("ceph") > 0)
    refuse("ceph-store already exists. Only one ceph storage backend is allowed. Please modify the existing backend.")
  if (has_backend("ceph-rook") > 0) refuse("Backend ceph can not be added: ceph-rook is already configured.")
  if (!("confirmed" in ARG)) refuse_unconfirmed("ceph")
  id = new_backend("ceph", ARG["name"] != "" ? ARG["name"] : "ceph-store")
  S["backend/" id "/capabilities"] = replication()
  # On a Standard system OSDs come later, on controllers or on storage nodes.
  S["backend/" id "/next_task"] = is_aio() ? "" : "provision-storage"
  if (is_locked(1)) {
    S["backend/" id "/state"] = "configured"
    S["backend/" id "/task"] = S["backend/" id "/next_task"]
    add_monitor(1, "configuring-on-unlock")
  } else {
    S["backend/" id "/state"] = "configuring"
    S["backend/" id "/task"] = "applying-manifests"
    add_monitor(1, "configuring")
    # The installation guide for dedicated storage: with the backend not there before the unlock, storage nodes
    # cannot be configured. So on a Standard system a late one is never done.
    if (is_aio()) S["backend/" id "/due"] = later(1)
  }
}

function add_rook(    id, model) {
  model = ARG["deployment"] != "" ? ARG["deployment"] : "controller"
  # sysinv takes an unknown model for the default one.
  if (!one_of(model, "controller,dedicated,open")) model = "controller"
  check_replication(model == "open" ? "1,2,3,4,5,6,7,8,9" : is_simplex() ? "1,2,3" : "2,3")
  if (model == "dedicated" && is_simplex()) refuse("Deployment model dedicated is not supported on AIO-SX.")
  if (has_backend("ceph-rook") > 0)
    refuse("ceph-rook-store already exists. Only one ceph-rook storage backend is allowed. Please modify the existing backend.")
  if (has_backend("ceph") > 0) refuse("Backend ceph-rook can not be added: ceph is already configured.")
  if (!("confirmed" in ARG)) refuse_unconfirmed("ceph-rook")
  id = new_backend("ceph-rook", ARG["name"] != "" ? ARG["name"] : "ceph-rook-store")
  S["backend/" id "/state"] = "configuring-with-app"
  S["backend/" id "/task"] = "uploaded"
  S["backend/" id "/services"] = "block,filesystem"
  S["backend/" id "/deployment"] = model
  S["backend/" id "/capabilities"] = replication() ", deployment_model: " model ", failure_domain: " \
    (is_simplex() ? "osd" : "host")
}

function new_backend(type, name,    id) {
  if (name !~ /^[A-Za-z0-9_.-]+$/) refuse("Invalid backend name " one_line(name))
  id = next_id("backend")
  list_add("backends", id)
  S["backend/" id "/type"] = type
  S["backend/" id "/name"] = name
  return id
}

function refuse_unconfirmed(type) {
  refuse("WARNING : THIS OPERATION IS NOT REVERSIBLE AND CANNOT BE CANCELLED. Please set the 'confirmed' field to " \
    "execute this operation for the " type " backend.")
}
