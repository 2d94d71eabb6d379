#!/usr/bin/env bash
# Fails where a file includes from a room that it may not use, or uses a
# foreign library outside the room that it belongs to. The tables are those
# of docs/architecture.md.
set -u

declare -A may_use=(
  [base]=''
  [http]='base'
  [control]='base'
  [identity]='http base'
  [azure]='http control base'
  [report]='control base'
  [engine]='azure identity control http base'
  [cli]='engine report azure identity control http base'
  # The emulator's own folders; of piket's rooms only base/, so that one
  # mistake cannot agree with itself.
  [emulator]='base json machine server entra contact estate fault arm'
)

# header pattern, rooms that may include it
foreign=(
  'curl/|http'
  'jansson\.h|azure identity report emulator'
  'openssl/|http identity emulator'
  'microhttpd\.h|emulator'
  'popt\.h|cli emulator'
  'idn2\.h|control'
  'yaml\.h|control'
  'uuid/|report'
)

# calls that belong to one room, or to none
banned='\b(strcpy|strcat|sprintf|vsprintf|atoi|atol|strtok|gets|system|popen)\('
printing='\b(printf|puts|putchar|fputs|fprintf|perror|exit|_exit)\('

failures=0

fail() {
  printf '%s\n' "$*" >&2
  failures=$((failures + 1))
}

room_folder() {
  if [ "$1" = emulator ]; then echo emulator; else echo "src/$1"; fi
}

check_room() {
  local room=$1 folder file line included rule pattern owners
  folder=$(room_folder "$room")
  while IFS= read -r file; do
    while IFS= read -r included; do
      case " $room ${may_use[$room]} " in
        *" $included "*) ;;
        *) fail "$file: includes from $included/, which $room/ may not use" ;;
      esac
    done < <(grep -oP '^#include "\K[a-z]+(?=/)' "$file")
    for rule in "${foreign[@]}"; do
      pattern=${rule%%|*} owners=${rule##*|}
      if grep -qE "^#include <$pattern" "$file"; then
        case " $owners " in
          *" $room "*) ;;
          *) fail "$file: includes <$pattern>, which belongs to: $owners" ;;
        esac
      fi
    done
    if line=$(grep -nE "$banned" "$file"); then
      fail "$file: a banned function: $line"
    fi
    if [ "$room" != cli ] && [ "$room" != emulator ] \
      && line=$(grep -nE "$printing" "$file"); then
      fail "$file: only cli/ prints or exits: $line"
    fi
  done < <(find "$folder" -name '*.[ch]' | sort)
}

for room in "${!may_use[@]}"; do
  check_room "$room"
done

# Every room has its row above.
for folder in src/*/; do
  room=$(basename "$folder")
  [ -n "${may_use[$room]+set}" ] || fail "src/$room/ is in no table of $0"
done

if [ "$failures" -gt 0 ]; then
  printf '%d violations\n' "$failures" >&2
  exit 1
fi
