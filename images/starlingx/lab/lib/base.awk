# What every part needs: output that appears only when the command succeeds, refusals, and lists.
# Portable awk: busybox has neither `^` nor 64-bit `%d`.

# One line for standard output; printed by succeed().
function out(line) {
  OUT = OUT line "\n"
}

# One line for standard error.
function complain(line) {
  print line | "cat 1>&2"
  close("cat 1>&2")
}

# The command succeeded: keep the state, tell, end.
function succeed() {
  save_state()
  write_log(0, "")
  printf "%s", OUT
  exit 0
}

# StarlingX would refuse: nothing is kept. What was printed before stays untold.
function refuse(message) {
  finish_refused(1, message)
}

# The client itself does not understand the words: exit code 2, as argparse has it.
function misuse(message) {
  finish_refused(2, PROGRAM ": error: " message)
}

function finish_refused(code, message) {
  write_log(code, message)
  complain(message)
  REFUSED = 1
  exit code
}

# Lists are words in one string; the words are numbers and names that were checked before.
function list_add(key, word) {
  S[key] = S[key] == "" ? word : S[key] " " word
}

function list_has(key, word) {
  return index(" " S[key] " ", " " word " ") > 0
}

function list_drop(key, word,    words, n, i) {
  n = split(S[key], words, " ")
  S[key] = ""
  for (i = 1; i <= n; i++) if (words[i] != word) list_add(key, words[i])
}

# The next number of a kind, from 1.
function next_id(kind) {
  return ++S["last/" kind]
}

# Stands for the random one: kinds and ids never clash, and a table stays the same.
function uuid_of(kind, id) {
  return sprintf("%08x-0000-4000-8000-%012x", index(KINDS, " " kind " "), id)
}

function is_uuid(word) {
  return length(word) == 36 && word ~ /^[0-9a-f-]+$/
}

function is_number(word) {
  return word ~ /^[0-9]+$/ && length(word) < 16
}

# Whether one of the comma separated words is this one.
function one_of(word, words) {
  return word != "" && index(word, ",") == 0 && index("," words ",", "," word ",") > 0
}

function trim(text) {
  sub(/^[ \t]+/, "", text)
  sub(/[ \t]+$/, "", text)
  return text
}

# Printable on one line: what a message quotes must not be able to draw lines of its own.
function one_line(text) {
  gsub(/[\001-\037]/, "?", text)
  return text
}

# Where a path of the user's is.
function absolute(path) {
  return substr(path, 1, 1) == "/" ? path : ENVIRON["LAB_WHERE"] "/" path
}

# Whether a file can be read; a folder cannot.
function is_readable(path,    line, answer) {
  answer = (getline line < path)
  close(path)
  return answer >= 0
}

function now_text() {
  return strftime("%Y-%m-%dT%H:%M:%S+00:00", NOW, 1)
}
