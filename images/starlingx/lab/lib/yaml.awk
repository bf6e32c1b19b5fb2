# The part of YAML that override files are written in: nested maps and lists in block style, scalars on one line,
# and the flow lists `[]`, `[a, b]` and the empty map `{}`. What is not read is refused, never skipped.
# Results: Y[path] is a value and YT[path] its type (string, bool, int, null, map, list); the parts of a path are
# joined by `/` in which a `/` of a key is written `~1`, so that `docker_registries/docker.io/url` is one. YN[path]
# counts a list, whose items are `path/1`…; YKEYS lists the paths of a map's keys, one a line.

function read_yaml(file,    line, number, answer) {
  YFILE = file
  split("", LEVEL)
  DEPTH = 0
  LEVEL[0, "indent"] = -1
  while ((answer = (getline line < file)) > 0) {
    number++
    sub(/\r$/, "", line)
    if (number == 1 && line ~ /^\$ANSIBLE_VAULT;/)
      refuse("ERROR! Attempting to decrypt but no vault secrets found: the lab's script reads plain files only: " file)
    read_line(line, number)
  }
  close(file)
  if (answer < 0) refuse("ERROR! cannot read " one_line(file))
}

function yaml_fault(number, problem) {
  refuse("ERROR! Syntax Error while loading YAML: " problem " (" one_line(YFILE) ", line " number ")")
}

function read_line(line, number,    indent, text, dash) {
  if (line ~ /^[ ]*(#.*)?$/ || (line == "---" && DEPTH == 0)) return
  if (line ~ /^ *\t/) yaml_fault(number, "found a tab in the indentation")
  if (line == "---" || line == "...") yaml_fault(number, "expected a single document")
  match(line, /^ */)
  indent = RLENGTH
  text = substr(line, indent + 1)
  # A list may stand at the indentation of its key.
  dash = text ~ /^-( |$)/
  while (DEPTH > 0 && (LEVEL[DEPTH, "indent"] > indent || (LEVEL[DEPTH, "indent"] == indent && LEVEL[DEPTH, "list"] && !dash))) DEPTH--
  if (dash) read_item(indent, text, number)
  else read_pair(indent, text, number)
}

function open_level(indent, path, list) {
  DEPTH++
  LEVEL[DEPTH, "indent"] = indent
  LEVEL[DEPTH, "path"] = path
  LEVEL[DEPTH, "list"] = list
}

# The level that holds a line of this indentation, made when the key above it waits for it.
function enter_level(indent, list, number) {
  if (DEPTH > 0 && LEVEL[DEPTH, "indent"] == indent && LEVEL[DEPTH, "list"] == list) return
  if (DEPTH == 0 && !list && indent == 0) { open_level(0, "", 0); return }
  if (PENDING == "" || indent < PENDING_INDENT + (list ? 0 : 1))
    yaml_fault(number, list ? "did not expect a list item" : "mapping values are not allowed here")
  YT[PENDING] = list ? "list" : "map"
  open_level(indent, PENDING, list)
  PENDING = ""
}

function read_item(indent, text, number,    path, rest) {
  enter_level(indent, 1, number)
  path = LEVEL[DEPTH, "path"]
  rest = trim(substr(text, 2))
  path = path "/" (++YN[path])
  PENDING = ""
  if (rest == "" || substr(rest, 1, 1) == "#") yaml_fault(number, "an item must stand on the line of its hyphen")
  if (rest ~ /^[A-Za-z0-9_.\/-]+:( |$)/) {
    # A map as an item: its keys are as far in as its first one.
    YT[path] = "map"
    match(substr(text, 2), /^ */)
    open_level(indent + 1 + RLENGTH, path, 0)
    read_pair(indent + 1 + RLENGTH, rest, number)
    return
  }
  set_scalar(path, rest, number)
}

function read_pair(indent, text, number,    key, rest, path, at) {
  enter_level(indent, 0, number)
  if (text ~ /^["']/) {
    at = closing_quote(text, number)
    key = unquote(substr(text, 1, at), number)
    rest = substr(text, at + 1)
    if (rest !~ /^:( |$)/) yaml_fault(number, "could not find expected ':'")
    rest = substr(rest, 2)
  } else {
    if (!match(text, /^[A-Za-z0-9_.\/-]+:( |$)/)) yaml_fault(number, "could not find expected ':'")
    at = index(text, ":")
    key = substr(text, 1, at - 1)
    rest = substr(text, at + 1)
  }
  gsub(/~/, "~0", key); gsub(/\//, "~1", key); gsub(/\n/, "~n", key)
  path = LEVEL[DEPTH, "path"]
  if ((path, key) in YSEEN && YSEEN[path, key] == YFILE) yaml_fault(number, "found duplicate key " one_line(key))
  YSEEN[path, key] = YFILE
  forget((path == "" ? "" : path "/") key)
  YKEYS[path] = YKEYS[path] key "\n"
  path = (path == "" ? "" : path "/") key
  rest = trim(rest)
  PENDING = ""
  if (rest == "" || substr(rest, 1, 1) == "#") {
    YT[path] = "null"; Y[path] = ""
    PENDING = path; PENDING_INDENT = indent
    return
  }
  set_scalar(path, rest, number)
}

# A key of a later file replaces that of an earlier one with all below it.
function forget(path,    key, found, n, i) {
  if (!(path in YT)) return
  for (key in YT) if (key == path || index(key, path "/") == 1) found[++n] = key
  for (i = 1; i <= n; i++) { delete YT[found[i]]; delete Y[found[i]]; delete YN[found[i]]; delete YKEYS[found[i]] }
}

function set_scalar(path, text, number,    at, rest) {
  if (text ~ /^["']/) {
    at = closing_quote(text, number)
    rest = trim(substr(text, at + 1))
    if (rest != "" && substr(rest, 1, 1) != "#") yaml_fault(number, "unexpected words behind a quoted string")
    Y[path] = unquote(substr(text, 1, at), number); YT[path] = "string"
    return
  }
  sub(/[ \t]+#.*$/, "", text)
  if (text ~ /^\[/) { read_flow_list(path, text, number); return }
  if (text == "{}") { YT[path] = "map"; Y[path] = ""; return }
  if (text ~ /^[|>&*!%@`{}]/ || text ~ /: / || text ~ /:$/ || text ~ /^[?-] /)
    yaml_fault(number, "the lab's script does not read " one_line(text))
  YT[path] = plain_type(text)
  Y[path] = YT[path] == "null" ? "" : YT[path] == "bool" ? tolower(text) : text
  if (YT[path] == "bool") Y[path] = one_of(Y[path], "true,yes,on") ? "true" : "false"
}

# YAML 1.1, as Ansible reads it.
function plain_type(text) {
  if (text ~ /^(~|null|Null|NULL)$/) return "null"
  if (text ~ /^(true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/) return "bool"
  return text ~ /^[-+]?[0-9]+$/ ? "int" : "string"
}

function read_flow_list(path, text, number,    items, n, i) {
  if (text !~ /\]$/ || text ~ /["'{}&*]/ || index(substr(text, 2), "[") > 0)
    yaml_fault(number, "the lab's script does not read " one_line(text))
  YT[path] = "list"
  YN[path] = 0
  text = trim(substr(text, 2, length(text) - 2))
  if (text == "") return
  n = split(text, items, ",")
  for (i = 1; i <= n; i++) set_scalar(path "/" (++YN[path]), trim(items[i]), number)
}

# @returns where the quoted string ends at whose beginning the text is
function closing_quote(text, number,    quote, i, c) {
  quote = substr(text, 1, 1)
  for (i = 2; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c == "\\" && quote == "\"") i++
    else if (c == quote && quote == "'" && substr(text, i + 1, 1) == "'") i++
    else if (c == quote) return i
  }
  yaml_fault(number, "found unexpected end of a quoted string")
}

function unquote(text, number,    quote, result, i, c) {
  quote = substr(text, 1, 1)
  text = substr(text, 2, length(text) - 2)
  if (quote == "'") { gsub(/''/, "'", text); return text }
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c != "\\") { result = result c; continue }
    c = substr(text, ++i, 1)
    if (!(c in ESCAPES) && !declare_escapes(c)) yaml_fault(number, "unknown escape character \\" one_line(c))
    result = result ESCAPES[c]
  }
  return result
}

function declare_escapes(c) {
  ESCAPES["n"] = "\n"; ESCAPES["t"] = "\t"; ESCAPES["r"] = "\r"; ESCAPES["\\"] = "\\"
  ESCAPES["\""] = "\""; ESCAPES["/"] = "/"; ESCAPES["0"] = ""; ESCAPES[" "] = " "
  return c in ESCAPES
}
