# The client's command line. A command's words are declared in one string:
#   host           a word that must be there     host?         one that may
#   attributes+    one or more, the last         attributes*   any number, the last
#   kernel:a,b     one of these
#   -c,--ifclass=  an option with a value        --format=:a,b one of these
#   --column*=     may be repeated               -f,--force    a flag
# Results: ARG[name] (option names without dashes), and ARG[name, "n"], ARG[name, 1], … where there are many.

# @param first - where the words begin in ARGV
function parse_arguments(declared, first,    words, n, i, word, count) {
  split("", OPTION); split("", PLACE); split("", ARG)
  PLACES = 0
  n = split(declared, words, " ")
  for (i = 1; i <= n; i++) declare(words[i])
  count = 0
  for (i = first; i < ARGC; i++) {
    word = ARGV[i]
    if (word == "--") { for (i++; i < ARGC; i++) FREE[++count] = ARGV[i] }
    else if (looks_like_option(word)) i = take_option(word, i)
    else FREE[++count] = word
  }
  fill_places(count)
}

# `-1` is a value, as argparse has it, unless the command has such an option.
function looks_like_option(word) {
  return word in OPTION || (word ~ /^-./ && word !~ /^-[0-9.]+$/)
}

function declare(word,    names, n, i, choices, takes, name, at) {
  at = index(word, ":")
  if (at > 0) { choices = substr(word, at + 1); word = substr(word, 1, at - 1) }
  if (substr(word, 1, 1) != "-") {
    PLACE[++PLACES] = word
    sub(/[?+*]$/, "", word)
    CHOICES[word] = choices
    return
  }
  takes = "flag"
  if (sub(/\*=$/, "", word)) takes = "many"
  else if (sub(/=$/, "", word)) takes = "one"
  n = split(word, names, ",")
  name = names[n]
  sub(/^-+/, "", name)
  for (i = 1; i <= n; i++) { OPTION[names[i]] = name; TAKES[names[i]] = takes }
  CHOICES[name] = choices
}

# @returns the place of the last word that belongs to the option
function take_option(word, i,    at, value, name) {
  at = word ~ /^--/ ? index(word, "=") : 0
  if (at > 0) { value = substr(word, at + 1); word = substr(word, 1, at - 1) }
  if (!(word in OPTION)) misuse("unrecognized arguments: " one_line(ARGV[i]))
  name = OPTION[word]
  if (TAKES[word] == "flag") {
    if (at > 0) misuse("argument " word ": ignored explicit argument " one_line(value))
    ARG[name] = 1
    return i
  }
  if (at == 0) {
    if (i + 1 >= ARGC || looks_like_option(ARGV[i + 1])) misuse("argument " word ": expected one argument")
    value = ARGV[++i]
  }
  check_choice(word, name, value)
  ARG[name] = value
  if (TAKES[word] == "many") ARG[name, ++ARG[name, "n"]] = value
  return i
}

function check_choice(shown, name, value) {
  if (CHOICES[name] == "" || one_of(value, CHOICES[name])) return
  misuse("argument " shown ": invalid choice: '" one_line(value) "' (choose from " CHOICES[name] ")")
}

function fill_places(count,    required, spare, i, name, used) {
  for (i = 1; i <= PLACES; i++) if (PLACE[i] !~ /[?*]$/) required++
  spare = count - required
  used = 0
  for (i = 1; i <= PLACES; i++) {
    name = PLACE[i]
    if (sub(/\?$/, "", name)) {
      if (spare-- <= 0) continue
    } else if (used >= count && name !~ /\*$/) {
      sub(/\+$/, "", name)
      misuse("the following arguments are required: <" name ">")
    }
    if (sub(/[+*]$/, "", name)) {
      while (used < count) ARG[name, ++ARG[name, "n"]] = FREE[++used]
      return
    }
    ARG[name] = FREE[++used]
    check_choice("<" name ">", name, ARG[name])
  }
  if (used < count) misuse("unrecognized arguments: " one_line(FREE[used + 1]))
}
