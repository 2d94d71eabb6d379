#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What piket export writes, read by the programs that it is for: those of them
# that are here. az runs its script in az.sh.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2016,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

contact=(--email 'soc@contoso.nl,o'\''neil`id`${HOME}%{x}@contoso.nl'
  --email '"\"$(id)'\'' && exit #"@contoso.nl' --phone '+31 (0)20 123-4567'
  --minimal-risk-level medium --minimal-severity low --role Owner
  --role Contributor)

# export_to FORMAT FILE
export_to() {
  "$PIKET_BUILD/piket" export --format "$1" --output "$2" "${contact[@]}"
}

# wanted: the properties, sorted, as the ARM template has them.
wanted() {
  export_to arm "$scratch/arm.json"
  jq -S '.resources[0].properties' "$scratch/arm.json"
}

# left_out PROGRAM: says it where the program is not here.
left_out() {
  command -v "$1" >/dev/null && return 1
  echo "# no $1 here: its format is left to the golden files"
}

terraform_formats() {
  export_to terraform "$scratch/main.tf"
  terraform fmt -check -diff "$scratch/main.tf"
}

# The provider is not here, but the language is: the body as a value of its
# own.
terraform_reads() {
  mkdir "$scratch/values"
  sed -n '/^  body = /,/^  }$/p' "$scratch/main.tf" \
    | sed '1i locals {' >"$scratch/values/main.tf"
  echo '}' >>"$scratch/values/main.tf"
  (cd "$scratch/values" && terraform console <<<'jsonencode(local.body)') \
    | jq -S 'fromjson.properties' >"$scratch/read"
  wanted | diff - "$scratch/read"
}

bicep_reads() {
  export_to bicep "$scratch/main.bicep"
  bicep build --stdout "$scratch/main.bicep" \
    | jq -S '.resources | if type == "array" then .[0] else first(.[]) end
      | .properties' >"$scratch/read"
  wanted | diff - "$scratch/read"
}

# Invoke-AzRestMethod and Get-AzContext are ours: they show what is sent.
powershell_reads() {
  export_to powershell "$scratch/script.ps1"
  pwsh -NoProfile -Command '
    function Invoke-AzRestMethod($Method, $Path, $Payload) {
      [Console]::Out.WriteLine($Payload); @{ StatusCode = 200 }
    }
    . $args[0] one' "$scratch/script.ps1" | jq -S .properties >"$scratch/read"
  wanted | diff - "$scratch/read"
}

if ! left_out terraform; then
  check 'terraform would format it as it is' terraform_formats
  check 'terraform reads what was meant' terraform_reads
fi
left_out bicep || check 'bicep reads what was meant' bicep_reads
left_out pwsh || check 'pwsh reads what was meant' powershell_reads
check 'the ARM template is JSON' wanted
exit 0
