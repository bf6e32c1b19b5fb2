# The client's tables, as prettytable draws them, and its `--format value` and `--format yaml`.

# Begins a table. @param columns - headings, separated by `|`
function table_begin(columns,    i) {
  split("", CELL); split("", WIDTH)
  ROWS = 0
  COLUMNS = split(columns, HEADING, "|")
  for (i = 1; i <= COLUMNS; i++) WIDTH[i] = length(HEADING[i])
}

# A new row; its cells follow.
function table_row() {
  ROWS++
  FILLED = 0
}

function table_cell(value) {
  value = value == "" ? "None" : one_line(value)
  CELL[ROWS, ++FILLED] = value
  if (length(value) > WIDTH[FILLED]) WIDTH[FILLED] = length(value)
}

# @param sort_by - column by which rows are sorted as text; 0 leaves them as they came
function table_end(format, sort_by,    i, j, order) {
  for (i = 1; i <= ROWS; i++) {
    for (j = i; j > 1 && sort_by > 0 && CELL[order[j - 1], sort_by] "" > CELL[i, sort_by] ""; j--)
      order[j] = order[j - 1]
    order[j] = i
  }
  if (format == "value" || format == "yaml") { table_plain(format, order); return }
  out(table_rule()); out(table_line(HEADING, 0, 0)); out(table_rule())
  for (i = 1; i <= ROWS; i++) out(table_line(CELL, order[i], 1))
  # An empty list is two rules and the headings.
  if (ROWS > 0) out(table_rule())
}

function table_plain(format, order,    i, j, line) {
  for (i = 1; i <= ROWS; i++) {
    line = ""
    for (j = 1; j <= COLUMNS; j++) {
      if (format == "value") line = line (j > 1 ? " " : "") CELL[order[i], j]
      else out((j == 1 ? "- " : "  ") HEADING[j] ": " yaml_scalar(CELL[order[i], j]))
    }
    if (format == "value") out(line)
  }
}

function yaml_scalar(value) {
  return value == "None" ? "null" : value ~ /^[A-Za-z][A-Za-z0-9_.-]*$/ || is_number(value) ? value : json(value)
}

function table_rule(    i, j, line) {
  line = "+"
  for (i = 1; i <= COLUMNS; i++) {
    for (j = -2; j < WIDTH[i]; j++) line = line "-"
    line = line "+"
  }
  return line
}

function table_line(from, row, is_cell,    i, value, line) {
  line = "|"
  for (i = 1; i <= COLUMNS; i++) {
    value = is_cell ? from[row, i] : from[i]
    line = line " " value pad(WIDTH[i] - length(value)) " |"
  }
  return line
}

function pad(count,    line) {
  while (count-- > 0) line = line " "
  return line
}

# A table of properties: property_begin(), property(name, value)…, property_end(format).
function property_begin() {
  PROPERTIES = 0
}

function property(name, value) {
  PROPERTY[++PROPERTIES] = name
  PROPERTY_VALUE[PROPERTIES] = value == "" ? "None" : one_line(value)
}

function property_end(format,    i, line) {
  if (format == "value") {
    for (i = 1; i <= PROPERTIES; i++) line = line (i > 1 ? " " : "") PROPERTY_VALUE[i]
    out(line)
    return
  }
  if (format == "yaml") {
    for (i = 1; i <= PROPERTIES; i++) out(PROPERTY[i] ": " yaml_scalar(PROPERTY_VALUE[i]))
    return
  }
  table_begin("Property|Value")
  for (i = 1; i <= PROPERTIES; i++) {
    table_row()
    table_cell(PROPERTY[i]); table_cell(PROPERTY_VALUE[i])
  }
  table_end("table", 0)
}
