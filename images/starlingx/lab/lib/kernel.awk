# host-kernel-…: which kernel a host boots after its next unlock (sysinv, kernel.py).

function host_kernel_modify(    host, functions, known, n, i, list) {
  host = find_host(ARG["host"])
  if (!is_locked(host)) refuse("Host must be locked.")
  if (!has_function(host, "worker")) refuse("Can only modify worker nodes.")
  if (host_get(host, "inv_state") != "inventoried") refuse("Host must have completed initial inventory.")
  if (host_get(host, "availability") == "offline") refuse("Host must be online.")
  if (provisioned_kernel(host) == ARG["kernel"] && host_get(host, "kernel_running") == ARG["kernel"]) return
  functions = host_get(host, "subfunctions")
  n = split("controller worker storage", known, " ")
  for (i = 1; i <= n; i++) if (one_of(known[i], functions)) list = list (list == "" ? "" : ",") known[i]
  S["host/" host "/subfunctions"] = ARG["kernel"] == "lowlatency" ? list ",lowlatency" : list
  # The manifest is applied in the background; until then an unlock is refused.
  S["host/" host "/kernel_due"] = later(1)
}

function host_kernel_show(word, format,    host) {
  host = find_host(word)
  property_begin()
  property("hostname", host_get(host, "hostname"))
  property("kernel_provisioned", provisioned_kernel(host))
  property("kernel_running", host_get(host, "kernel_running"))
  property_end(format)
}
