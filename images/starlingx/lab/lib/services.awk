# The system itself: show, ntp-… and the applications that come with it.

function system_show() {
  property_begin()
  property("contact", "")
  property("created_at", S["bootstrap/at"])
  property("description", S["config/description"])
  if (S["system/role"] != "none") property("distributed_cloud_role", S["system/role"])
  property("https_enabled", "False")
  property("location", S["config/location"])
  property("name", S["config/name"] != "" ? S["config/name"] : S["system/region"])
  property("region_name", S["system/region"])
  property("service_project_name", "services")
  property("software_version", SW_VERSION)
  property("system_mode", S["system/mode"])
  property("system_type", S["system/type"])
  property("timezone", S["config/timezone"])
  property("uuid", uuid_of("system", 1))
  property("vswitch_type", "none")
  property_end("table")
}

function ntp_show() {
  property_begin()
  property("uuid", uuid_of("system", 2))
  property("ntpservers", S["system/ntp"])
  property("isystem_uuid", uuid_of("system", 1))
  property("created_at", S["bootstrap/at"])
  property("updated_at", S["system/ntp_at"])
  property_end("table")
}

# Every attribute is name=value; ntpservers= takes at most three, none empties the list.
function ntp_modify(    i, value, found, servers, n, j) {
  for (i = 1; i <= ARG["attributes", "n"]; i++) {
    value = ARG["attributes", i]
    if (index(value, "action=") == 1) continue
    if (index(value, "ntpservers=") != 1) refuse("The following fields can not be modified: " one_line(value))
    found = 1
    n = split(substr(value, 12), servers, ",")
    if (n > 3)
      refuse("Maximum NTP servers supported: 3 but provided: " n ". Please configure a valid list of NTP servers.")
    for (j = 1; j <= n; j++)
      if (!is_address(servers[j]) && (!is_domain(servers[j]) || servers[j] ~ /^[0-9.]+$/))
        refuse("Invalid NTP server " one_line(servers[j]) " Please configure a valid NTP IP address or hostname.")
    S["system/ntp"] = substr(value, 12)
  }
  if (!found) refuse("No NTP parameters provided.")
  S["system/ntp_at"] = now_text()
  ntp_show()
}

function application_list() {
  table_begin("application|version|manifest name|manifest file|status|progress")
  application("cert-manager", is_enabled(1) ? "applied" : "uploaded")
  application("nginx-ingress-controller", is_enabled(1) ? "applied" : "uploaded")
  application("oidc-auth-apps", "uploaded")
  if (has_backend("ceph-rook") > 0) application("rook-ceph", is_enabled(1) ? "applied" : "uploaded")
  else application("platform-integ-apps", is_enabled(1) && is_backend_configured("ceph") ? "applied" : "uploaded")
  table_end("table", 1)
}

function application(name, status) {
  table_row()
  table_cell(name); table_cell(SW_VERSION "-lab")
  table_cell(name "-fluxcd-manifests"); table_cell("fluxcd-manifests")
  table_cell(status); table_cell("completed")
}
