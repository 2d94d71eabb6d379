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
  [store]='control base'
  [engine]='store azure identity control http base'
  [cli]='engine store report azure identity control http base'
  # The emulator's own folders; of piket's rooms only base/, so that one
  # mistake cannot agree with itself.
  [emulator]='base json machine server entra contact estate fault arm'
)

# header pattern, rooms that may include it
foreign=(
  'curl/|http'
  'jansson\.h|control azure identity report emulator'
  'openssl/|control http identity emulator'
  'microhttpd\.h|emulator'
  'popt\.h|cli emulator'
  'idn2\.h|control'
  'yaml\.h|control'
  'sqlite3\.h|store'
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

# Each line of all files of a room is looked at by one grep a rule: a process
# for each file would take longer than the build.
check_includes() {
  local room=$1 folder=$2 file included
  while IFS=: read -r file included; do
    case " $room ${may_use[$room]} " in
      *" $included "*) ;;
      *) fail "$file: includes from $included/, which $room/ may not use" ;;
    esac
  done < <(grep -roP --include='*.[ch]' '^#include "\K[a-z]+(?=/)' "$folder" \
    | sort -u)
}

check_foreign() {
  local room=$1 folder=$2 rule pattern owners file
  for rule in "${foreign[@]}"; do
    pattern=${rule%%|*} owners=${rule##*|}
    case " $owners " in
      *" $room "*) continue ;;
    esac
    while IFS= read -r file; do
      fail "$file: includes <$pattern>, which belongs to: $owners"
    done < <(grep -rlE --include='*.[ch]' "^#include <$pattern" "$folder")
  done
}

check_calls() {
  local room=$1 folder=$2 line
  while IFS= read -r line; do
    fail "a banned function: $line"
  done < <(grep -rnE --include='*.[ch]' "$banned" "$folder")
  [ "$room" != cli ] && [ "$room" != emulator ] || return 0
  while IFS= read -r line; do
    fail "only cli/ prints or exits: $line"
  done < <(grep -rnE --include='*.[ch]' "$printing" "$folder")
}

check_room() {
  local room=$1 folder
  folder=$(room_folder "$room")
  check_includes "$room" "$folder"
  check_foreign "$room" "$folder"
  check_calls "$room" "$folder"
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
