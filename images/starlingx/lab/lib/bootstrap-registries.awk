# docker_registries, proxies and images: the role common/validate-registries. There are nine keys and no others.

function check_registries(    keys, n, i, path, variable) {
  # One of the vault stands in the place of the other, all of it.
  variable = is_given("vault_docker_registries") ? "vault_docker_registries" : "docker_registries"
  REGISTRIES = "k8s.gcr.io,gcr.io,quay.io,docker.io,docker.elastic.co,ghcr.io,registry.k8s.io,icr.io,defaults"
  n = split(YKEYS[variable], keys, "\n")
  for (i = 1; i < n; i++) {
    if (!one_of(keys[i], REGISTRIES)) {
      path = REGISTRIES
      gsub(/,/, ", ", path)
      fail_task("Unknown registry key: '" one_line(keys[i]) "'. Acceptable keys are " path " ")
    }
    path = variable "/" keys[i]
    if (YT[path] == "null") continue
    if (YT[path] != "map") fail_task("docker_registries: " keys[i] " must be a dictionary")
    check_fields(keys[i], path)
  }
  check_proxies()
}

function check_fields(key, path,    fields, n, i, name) {
  n = split(YKEYS[path], fields, "\n")
  for (i = 1; i < n; i++)
    if (!one_of(fields[i], "url,type,username,password,secure,additional_overrides"))
      fail_task("docker_registries: " key " has an unknown field '" one_line(fields[i]) "'. Fields are url, type, username, password, secure")
  # The short names are those of upstream's facts.
  name = key
  sub(/^docker\.elastic\.co$/, "elastic", name); sub(/^k8s\.gcr\.io$/, "k8s", name)
  sub(/^registry\.k8s\.io$/, "registryk8s", name)
  sub(/\.io$/, "", name)
  if (is_given(path "/username") != is_given(path "/password"))
    fail_task(name " registry username and password must both be specified or not at all")
  if (is_given(path "/type") && !one_of(Y[path "/type"], "docker,aws-ecr"))
    fail_task("Registry type for " key " is not supported. Valid value is either 'docker' or 'aws-ecr'.")
  if (is_given(path "/secure") && YT[path "/secure"] != "bool")
    fail_task("'secure' parameter of registry " key " is misconfigured. Valid value is either 'True' or 'False'.")
  if (is_given(path "/url")) check_registry_url(Y[path "/url"])
}

function check_registry_url(url,    host, port) {
  # StarlingX takes a scheme without a word and then finds no image.
  if (url ~ /:\/\//) fail_task("Invalid addresses: ['" one_line(url) "']: a registry's url has no scheme")
  host = url
  sub(/\/.*$/, "", host)
  if (host ~ /^\[.*\](:[0-9]+)?$/) {
    sub(/^\[/, "", host); sub(/\].*$/, "", host)
    if (digits_of_6(host) == "") fail_task("Invalid addresses: ['" one_line(url) "']")
    return
  }
  if (match(host, /:[0-9]+$/)) { port = substr(host, RSTART + 1); host = substr(host, 1, RSTART - 1) }
  if (host ~ /\.local$/ && host != "registry.local")
    fail_task("Invalid addresses: ['" one_line(url) "']: the name of a private registry must not end in .local")
  if ((!is_domain(host) && !is_address(host)) || (host ~ /^[0-9.]+$/ && !is_address(host)) || port + 0 > 65535)
    fail_task("Invalid addresses: ['" one_line(url) "']")
}

function check_proxies(    names, n, i, url) {
  n = split("docker_http_proxy docker_https_proxy", names, " ")
  for (i = 1; i <= n; i++) {
    url = value_of(names[i])
    if (url != "" && url !~ /^https?:\/\/[^ \/]+\/?$/) fail_task(one_line(url) " is an invalid URL.")
  }
  for (i = 1; i <= YN["docker_no_proxy"]; i++) {
    url = Y["docker_no_proxy/" i]
    if (url ~ /[*\/]/ || (!is_domain(url) && !is_address(url) && url !~ /^\[[0-9A-Fa-f:]+\]$/))
      fail_task("Invalid addresses: ['" one_line(url) "']")
  }
  for (i = 1; i <= YN["additional_local_registry_images"]; i++)
    if (Y["additional_local_registry_images/" i] !~ /^[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._-]+)+[:@][A-Za-z0-9._:-]+$/)
      fail_task("additional_local_registry_images must be fully qualified: " one_line(Y["additional_local_registry_images/" i]))
}
