#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whether clients that nobody here wrote accept the emulator: the Azure CLI and
# the official JavaScript SDK, unmodified; and whether programs that nobody here
# wrote read what piket exports. conformance.sh [az] [export] [sdk] [machine]
# [stock] runs these parts of it.
#
# Nothing but the installation of the SDK leaves the loopback; where the kernel
# allows it, each part has a network of its own to prove it.
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 1
export PIKET_BUILD=${PIKET_BUILD:-build}
[[ $PIKET_BUILD == /* ]] || PIKET_BUILD=$PWD/$PIKET_BUILD
export CONFORMANCE_JS=$PIKET_BUILD/conformance-js
PATH=$PATH:/usr/sbin:/sbin
readonly here=$PWD/tests/conformance
passed=0 failed=0 part_pid=''

clean_up() {
  [ -z "$part_pid" ] || kill "$part_pid" 2>/dev/null
  [ -z "$part_pid" ] || wait "$part_pid" 2>/dev/null
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

pass() {
  passed=$((passed + 1))
  echo "ok $((passed + failed)) $1"
}

fail() {
  failed=$((failed + 1))
  echo "not ok $((passed + failed)) $1"
}

# part NAME COMMAND...: numbers what the part prints.
part() {
  local name=$1 line before=$((passed + failed)) status=0
  shift
  exec 3< <(exec "$@" 2>&1)
  part_pid=$!
  while IFS= read -r line <&3; do
    case $line in
      'ok '*) pass "$name: ${line#ok }" ;;
      'not ok '*) fail "$name: ${line#not ok }" ;;
      *) printf '  %s\n' "$line" ;;
    esac
  done
  exec 3<&-
  wait "$part_pid" || status=$?
  part_pid=''
  [ "$status" -eq 0 ] || fail "$name: ended with status $status"
  [ "$((passed + failed))" -gt "$before" ] || fail "$name: checked nothing"
}

# Sets alone to what runs a command in namespaces of its own, empty if nothing
# can, with the reason in refusal.
find_alone() {
  local kind enter='ip link set lo up && mount --bind /etc/hosts /etc/hosts &&
    exec "$@"'
  for kind in '' --map-root-user; do
    # shellcheck disable=SC2206 # an empty word is to vanish
    alone=(unshare --net --mount $kind bash -c "$enter" -)
    refusal=$("${alone[@]}" true 2>&1) && return
  done
  alone=()
}

# Installs what the lock file says, unless it is there.
install_sdk() {
  local log
  mkdir -p "$CONFORMANCE_JS"
  cp "$here"/js/*.mjs "$CONFORMANCE_JS"
  ! cmp -s "$here/js/package-lock.json" "$CONFORMANCE_JS/installed" || return 0
  rm -f "$CONFORMANCE_JS/installed"
  cp "$here/js/package.json" "$here/js/package-lock.json" "$CONFORMANCE_JS"
  log=$(cd "$CONFORMANCE_JS" && timeout -k 5 300 \
    npm ci --ignore-scripts --no-audit --no-fund </dev/null 2>&1) || {
    fail 'sdk: it can be installed'
    tail -n 20 <<<"$log"
    return 1
  }
  cp "$here/js/package-lock.json" "$CONFORMANCE_JS/installed"
}

run_az() { part az "${alone[@]}" bash "$here/az.sh"; }

run_export() { part export "${alone[@]}" bash "$here/export.sh"; }

run_sdk() {
  install_sdk || return
  part sdk "${alone[@]}" bash "$here/sdk.sh"
}

run_machine() {
  install_sdk || return
  part machine "${alone[@]}" bash "$here/machine.sh"
}

run_stock() {
  if [ "${#alone[@]}" -eq 0 ]; then
    echo "# stock: left out, no namespaces here: ${refusal##*$'\n'}"
    return
  fi
  install_sdk || return
  part stock "${alone[@]}" bash "$here/stock.sh"
}

find_alone
[ $# -gt 0 ] || set -- az export sdk machine stock
for name in "$@"; do
  case $name in
    az | export | sdk | machine | stock) "run_$name" ;;
    *)
      echo "conformance.sh: there is no part $name" >&2
      exit 64
      ;;
  esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
