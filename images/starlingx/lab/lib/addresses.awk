# Addresses of IPv4 and IPv6 as hexadecimal digits of one length each (8 or 32), so that they compare as text.

# @returns the digits; "" when it is no address
function address_digits(text) {
  return index(text, ":") > 0 ? digits_of_6(text) : digits_of_4(text)
}

function is_address(text) {
  return address_digits(text) != ""
}

function digits_of_4(text,    parts, i, result) {
  if (split(text, parts, ".") != 4) return ""
  for (i = 1; i <= 4; i++) {
    if (parts[i] !~ /^(0|[1-9][0-9]?[0-9]?)$/ || parts[i] + 0 > 255) return ""
    result = result sprintf("%02x", parts[i])
  }
  return result
}

function digits_of_6(text,    at, left, right, missing, i) {
  if (text !~ /^[0-9A-Fa-f:]+$/ || text ~ /:::/) return ""
  at = index(text, "::")
  if (at == 0) {
    left = groups_of(text)
    return length(left) == 32 ? left : ""
  }
  if (index(substr(text, at + 1), "::") > 0) return ""
  left = groups_of(substr(text, 1, at - 1))
  right = groups_of(substr(text, at + 2))
  missing = 32 - length(left) - length(right)
  if (left == "-" || right == "-" || missing < 4) return ""
  for (i = 0; i < missing; i++) left = left "0"
  return left right
}

# @returns four digits a group; "-" when it is none
function groups_of(text,    parts, n, i, result) {
  if (text == "") return ""
  n = split(text, parts, ":")
  for (i = 1; i <= n; i++) {
    if (parts[i] !~ /^[0-9A-Fa-f]+$/ || length(parts[i]) > 4) return "-"
    result = result substr("000" tolower(parts[i]), length(parts[i]))
  }
  return result
}

# Takes a subnet apart: NET_FIRST and NET_LAST are its ends, NET_BITS its length. @returns whether it is one
function parse_subnet(text,    parts, digits, bits) {
  if (split(text, parts, "/") != 2) return 0
  digits = address_digits(parts[1])
  bits = parts[2]
  if (digits == "" || bits !~ /^[0-9]+$/ || length(bits) > 3 || bits + 0 > length(digits) * 4) return 0
  NET_BITS = bits + 0
  NET_FIRST = masked(digits, NET_BITS, 0)
  NET_LAST = masked(digits, NET_BITS, 1)
  return 1
}

# The digits with every bit behind the first `bits` set or cleared.
function masked(digits, bits, set,    i, value, unit, result) {
  for (i = 1; i <= length(digits); i++) {
    value = index("0123456789abcdef", substr(digits, i, 1)) - 1
    # 1, 2, 4 or 8 values of this digit share its first bits; 16 when none of its bits is of the network.
    unit = bits >= 4 ? 1 : bits == 3 ? 2 : bits == 2 ? 4 : bits == 1 ? 8 : 16
    value -= value % unit
    if (set) value += unit - 1
    result = result substr("0123456789abcdef", value + 1, 1)
    bits = bits > 4 ? bits - 4 : 0
  }
  return result
}

# How many addresses from one to the other, both counted; exact up to 2^53.
function range_size(first, last,    i, size) {
  for (i = 1; i <= length(first); i++)
    size = size * 16 + index("0123456789abcdef", substr(last, i, 1)) - index("0123456789abcdef", substr(first, i, 1))
  return size + 1
}

function subnets_overlap(one, other,    first, last) {
  if (!parse_subnet(one)) return 0
  first = NET_FIRST; last = NET_LAST
  if (!parse_subnet(other) || length(first) != length(NET_FIRST)) return 0
  return ranges_overlap(first, last, NET_FIRST, NET_LAST)
}

function ranges_overlap(first, last, other_first, other_last) {
  return length(first) == length(other_first) && first "" <= other_last "" && other_first "" <= last ""
}

function in_subnet(digits, subnet) {
  return parse_subnet(subnet) && length(digits) == length(NET_FIRST) && digits "" >= NET_FIRST "" && digits "" <= NET_LAST ""
}

# The digits plus (or minus) a small number.
function address_plus(digits, count,    i, value, result) {
  for (i = length(digits); i >= 1; i--) {
    value = index("0123456789abcdef", substr(digits, i, 1)) - 1 + count
    count = 0
    while (value < 0) { value += 16; count-- }
    while (value > 15) { value -= 16; count++ }
    result = substr("0123456789abcdef", value + 1, 1) result
  }
  return result
}

# @returns whether it could be a host: letters, digits, hyphens and dots
function is_domain(text) {
  return length(text) < 254 && text ~ /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/
}
