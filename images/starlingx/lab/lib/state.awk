# The state: one file of `key TAB value` lines with `end` as the last, in memory the array S.
# Written beside and renamed by call.sh, so that a reader sees the old or the new one, never half.

function load_state(    file, line, at, ended) {
  KINDS = " host if ifnet disk stor mon backend label route fs network system "
  PROGRAM = ENVIRON["LAB_COMMAND"]
  NOW = ENVIRON["STARLINGX_LAB_NOW"] == "" ? systime() : ENVIRON["STARLINGX_LAB_NOW"] + 0
  ROOT = ENVIRON["LAB_ROOT"]
  file = ENVIRON["LAB_FOLDER"] "/state"
  while ((getline line < file) > 0) {
    ended = line == "end"
    at = index(line, "\t")
    if (at > 0) S[substr(line, 1, at - 1)] = unescape(substr(line, at + 1))
  }
  close(file)
  if (line != "" && !ended) refuse("starlingx-lab: " file " is torn")
  STEP = ENVIRON["STARLINGX_LAB_STEP_SECONDS"]
  if (STEP == "") STEP = S["settings/step"]
  if (STEP == "") STEP = 1
  STEP += 0
}

# A full disk is told by nobody but the missing last line.
function save_state(    file, key, line) {
  file = ENVIRON["LAB_FOLDER"] "/state.new"
  for (key in S) if (S[key] != "") print key "\t" escape(S[key]) > file
  print "end" > file
  close(file)
  while ((getline line < file) > 0) continue
  close(file)
  if (line != "end") refuse("starlingx-lab: cannot keep the state in " file)
}

function escape(text) {
  gsub(/\\/, "&&", text)
  gsub(/\t/, "\\t", text)
  gsub(/\n/, "\\n", text)
  return text
}

function unescape(text,    result, at, next_one) {
  while ((at = index(text, "\\")) > 0) {
    next_one = substr(text, at + 1, 1)
    result = result substr(text, 1, at - 1) (next_one == "t" ? "\t" : next_one == "n" ? "\n" : next_one)
    text = substr(text, at + 2)
  }
  return result text
}
