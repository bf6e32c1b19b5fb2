# /var/log/starlingx-lab.log: one JSON object a call, with its words and its end. The first line says what
# wrote it. Passwords are left out.

function write_log(code, refusal,    file, line, words, i) {
  file = ROOT "/var/log/starlingx-lab.log"
  if ((getline line < file) <= 0)
    print "{\"lab\":" json("scripted StarlingX commands of the Armstead lab, not StarlingX") "}" >> file
  close(file)
  words = json(ENVIRON["LAB_COMMAND"])
  for (i = 1; i < ARGC; i++) words = words "," json(is_secret(ARGV[i - 1]) ? "***" : hide_secret(ARGV[i]))
  line = "{\"at\":" json(now_text()) ",\"argv\":[" words "],\"exit\":" code
  if (refusal != "") line = line ",\"refused\":" json(refusal)
  print line "}" >> file
  close(file)
}

function is_secret(option) {
  return one_of(option, "--sysadmin-password,--bmc-password,--os-password,--os_password,-P,--bm_password")
}

function hide_secret(word,    at) {
  at = index(word, "=")
  return at > 0 && is_secret(substr(word, 1, at - 1)) ? substr(word, 1, at) "***" : word
}

function json(text,    result, i, c, code) {
  gsub(/\\/, "&&", text)
  gsub(/"/, "\\\"", text)
  gsub(/\t/, "\\t", text)
  gsub(/\n/, "\\n", text)
  gsub(/\r/, "\\r", text)
  if (text !~ /[\001-\037]/) return "\"" text "\""
  for (code = 1; code < 32; code++) CONTROL[sprintf("%c", code)] = sprintf("\\u%04x", code)
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    result = result (c in CONTROL ? CONTROL[c] : c)
  }
  return "\"" result "\""
}
