#!/usr/bin/env bats
# Signing in with what az, pwsh and azd hold: which of them is asked, what it
# is asked, and what comes of one that fails, hangs or makes noise.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    # What the tools are made of, and none of the tools.
    BIN=$BATS_TEST_TMPDIR/bin
    mkdir -m 0755 "$BIN"
    local name
    for name in sh env sleep cat head tr yes base64; do
        ln -s "$(command -v $name)" "$BIN/$name"
    done
    export HOME=$BATS_TEST_TMPDIR
    start_emulator --generate 3 --seed 1
    sign_in
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
}

teardown() { stop_emulator; }

# tool NAME: a program made of the script on stdin. It notes that it was
# asked, and with what.
tool() {
    {
        printf '#!/bin/sh\necho "%s $*" >>%s/asked\n' "$1" "$BATS_TEST_TMPDIR"
        cat
    } >"$BIN/$1"
    chmod +x "$BIN/$1"
}

# The answers of tools that are signed in.
az_works() {
    tool az <<<"echo '{\"accessToken\":\"$TOKEN\",\"expires_on\":4102444800}'"
}
pwsh_works() {
    tool pwsh <<<"echo '{\"Token\":\"$TOKEN\",\"ExpiresOn\":4102444800}'"
}
azd_works() {
    tool azd <<<"echo '{\"token\":\"$TOKEN\",
        \"expiresOn\":\"2100-01-01T00:00:00Z\"}'"
}
az_fails() { tool az <<<'echo "ERROR: Please run az login" >&2; exit 1'; }
pwsh_fails() { tool pwsh <<<'echo "ERROR: Connect-AzAccount" >&2; exit 1'; }
azd_fails() { tool azd <<<'echo "run azd auth login" >&2; exit 1'; }

check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    rm -f "$BATS_TEST_TMPDIR/asked" "$REPORT"
    run --separate-stderr env PATH="$BIN" "$PIKET_BUILD/piket" check \
        --format json --output "$REPORT" "$@"
}

# Who was asked, in order.
asked() { cut -d' ' -f1 "$BATS_TEST_TMPDIR/asked" | paste -sd' '; }
chosen() { jq -r '.run.tenants[0].credential' "$REPORT"; }

# is_dead FILE: the process with the number in the file ends. What was
# orphaned may stay a zombie where nobody reaps.
is_dead() {
    local process tries=0
    process=$(cat "$1")
    while grep -q '^State:[[:space:]][^ZX]' "/proc/$process/status" 2>/dev/null
    do
        [ $((tries += 1)) -lt 200 ] || return 1
        sleep 0.05
    done
}

# await FILE: it is there.
await() {
    local tries=0
    until [ -s "$1" ]; do
        [ $((tries += 1)) -lt 200 ] || return 1
        sleep 0.05
    done
}

@test "every combination of tools: the first that works, in the SDKs' order" {
    local az pwsh azd expected expected_asked
    for az in missing fails works; do
        for pwsh in missing fails works; do
            for azd in missing fails works; do
                rm -f "$BIN"/{az,pwsh,azd}
                expected='' expected_asked=()
                [ $az = missing ] || az_$az
                [ $pwsh = missing ] || pwsh_$pwsh
                [ $azd = missing ] || azd_$azd
                for one in "az $az AzureCliCredential" \
                    "pwsh $pwsh AzurePowerShellCredential" \
                    "azd $azd AzureDeveloperCliCredential"; do
                    read -r name state credential <<<"$one"
                    [ $state = missing ] || expected_asked+=("$name")
                    if [ $state = works ]; then
                        expected=$credential
                        break
                    fi
                done
                touch "$BATS_TEST_TMPDIR/asked"
                check
                echo "az $az, pwsh $pwsh, azd $azd: $status $stderr"
                if [ -n "$expected" ]; then
                    [ "$(chosen)" = "$expected" ]
                else
                    [ "$status" -eq 3 ]
                fi
                [ "$(asked 2>/dev/null || true)" = "${expected_asked[*]}" ]
            done
        done
    done
}

@test "what each tool is asked, and in which surroundings" {
    tool az <<END
echo "\$PWD \$HOME" >$BATS_TEST_TMPDIR/place
echo '{"accessToken":"$TOKEN","expires_on":4102444800}'
END
    check --tenant 7c0ffee0-0000-4000-8000-00000000abcd
    [ "$(chosen)" = AzureCliCredential ]
    [ "$(cat "$BATS_TEST_TMPDIR/place")" = "/ $HOME" ]
    [ "$(cat "$BATS_TEST_TMPDIR/asked")" = "az account get-access-token -o \
json --resource https://management.core.windows.net/ --tenant \
7c0ffee0-0000-4000-8000-00000000abcd" ]
    azd_works
    check --credential azuredevelopercli
    [ "$(chosen)" = AzureDeveloperCliCredential ]
    [ "$(cat "$BATS_TEST_TMPDIR/asked")" = "azd auth token --output json \
--no-prompt --scope https://management.core.windows.net//.default" ]
    tool pwsh <<END
echo "\$AZURE_IDENTITY_POWERSHELL_RESOURCE" >$BATS_TEST_TMPDIR/resource
echo '{"Token":"$TOKEN","ExpiresOn":4102444800}'
END
    AZURE_TOKEN_CREDENTIALS=AzurePowerShellCredential check
    [ "$(chosen)" = AzurePowerShellCredential ]
    [ "$(cat "$BATS_TEST_TMPDIR/resource")" = https://management.core.windows.net/ ]
    [[ $(cat "$BATS_TEST_TMPDIR/asked") == "pwsh -NoProfile -NonInteractive \
-OutputFormat Text -EncodedCommand "* ]]
}

@test "AZURE_TOKEN_CREDENTIALS=dev asks the tools only" {
    azd_works
    export AZURE_TENANT_ID=x AZURE_CLIENT_ID=x AZURE_CLIENT_SECRET=x
    AZURE_TOKEN_CREDENTIALS=dev check
    [ "$(chosen)" = AzureDeveloperCliCredential ]
    AZURE_TOKEN_CREDENTIALS=prod check
    [ "$status" -eq 3 ]
}

@test "tools that fail are told one by one, with advice for the first" {
    az_fails
    pwsh_fails
    azd_fails
    check
    [ "$status" -eq 3 ]
    [[ $stderr == *'AzureCliCredential: Azure CLI is not signed in'* ]]
    [[ $stderr == *'AzurePowerShellCredential: PowerShell is not signed in'* ]]
    [[ $stderr == *'AzureDeveloperCliCredential: Azure Developer CLI is not'* ]]
    [[ $stderr == *'run az login'* ]]
}

@test "noise around a token, and a process that holds stdout open, are no harm" {
    tool az <<END
echo 'A new version {2.99} is there'
yes noise | head -n 20000 >&2
echo '{"accessToken":"$TOKEN","expires_on":4102444800}'
sleep 1000 & echo \$! >$BATS_TEST_TMPDIR/left
END
    check
    [ "$(chosen)" = AzureCliCredential ]
    is_dead "$BATS_TEST_TMPDIR/left"
}

@test "a flood on stderr or stdout is cut off, and the next tool is asked" {
    azd_works
    tool az <<<'exec yes complaint >&2'
    check -v
    [ "$(chosen)" = AzureDeveloperCliCredential ]
    [[ $stderr == *'az complained more than 4194304 bytes'* ]]
    tool az <<<'exec yes token'
    check -v
    [ "$(chosen)" = AzureDeveloperCliCredential ]
    [[ $stderr == *'az printed more than 262144 bytes'* ]]
}

@test "a token in a complaint is not repeated" {
    tool az <<<"echo 'ERROR: bad $TOKEN secret=abc' >&2; exit 1"
    check -vvv
    [ "$status" -eq 3 ]
    [[ $stderr == *REDACTED* ]]
    [[ $stderr != *"$TOKEN"* ]]
    [[ $stderr != *secret=abc* ]]
}

# slow_az: one that never answers, and has a child that does not, either.
slow_az() {
    tool az <<END
sleep 1000 & echo \$! >$BATS_TEST_TMPDIR/child
echo \$\$ >$BATS_TEST_TMPDIR/leader.new
mv $BATS_TEST_TMPDIR/leader.new $BATS_TEST_TMPDIR/leader
wait
END
    ln -sf "$(command -v mv)" "$BIN/mv"
}

@test "an interrupt ends a tool that hangs, and what it started" {
    slow_az
    PATH=$BIN "$PIKET_BUILD/piket" check >/dev/null 2>&1 3>&- &
    local pid=$! status=0
    await "$BATS_TEST_TMPDIR/leader"
    kill -TERM "$pid"
    wait "$pid" || status=$?
    [ "$status" -eq 143 ]
    is_dead "$BATS_TEST_TMPDIR/leader"
    is_dead "$BATS_TEST_TMPDIR/child"
}

@test "a tool does not outlive a piket that is killed" {
    slow_az
    PATH=$BIN "$PIKET_BUILD/piket" check >/dev/null 2>&1 3>&- &
    local pid=$!
    await "$BATS_TEST_TMPDIR/leader"
    kill -KILL "$pid"
    wait "$pid" || true
    is_dead "$BATS_TEST_TMPDIR/leader"
    is_dead "$BATS_TEST_TMPDIR/child"
}

# az_notes: an az that is signed in, and notes the names of its variables, its
# open files and its limit of cores.
az_notes() {
    ln -sf "$(command -v ls)" "$BIN/ls"
    tool az <<END
env >$BATS_TEST_TMPDIR/variables
ls /proc/self/fd >$BATS_TEST_TMPDIR/files
ulimit -c >$BATS_TEST_TMPDIR/cores
echo '{"accessToken":"$TOKEN","token":"$TOKEN","Token":"$TOKEN","ExpiresOn":4102444800,
    "expires_on":4102444800,"expiresOn":"2100-01-01T00:00:00Z"}'
END
    ln -sf az "$BIN/azd"
    ln -sf az "$BIN/pwsh"
}

# got: the names of the variables, without those that a shell adds.
got() {
    sed 's/=.*//' "$BATS_TEST_TMPDIR/variables" | grep -vxE 'PWD|OLDPWD|SHLVL|_' | sort | paste -sd' '
}

# clean_check ARGS...: check with these variables, and no others but those of
# the emulator.
clean_check() {
    local variables=()
    while [[ $1 == *=* ]]; do
        variables+=("$1")
        shift
    done
    rm -f "$REPORT" "$BATS_TEST_TMPDIR"/{variables,files,cores}
    run --separate-stderr env -i PATH="$BIN" HOME="$HOME" \
        PIKET_ARM_ENDPOINT="$PIKET_ARM_ENDPOINT" SSL_CERT_FILE="$SSL_CERT_FILE" \
        AZURE_AUTHORITY_HOST="$AZURE_AUTHORITY_HOST" "${variables[@]}" \
        "$PIKET_BUILD/piket" check --no-store --format json \
        --output "$REPORT" "$@"
}

@test "a tool gets the variables that it needs, and no secret of another credential" {
    local secrets=(AZURE_CLIENT_SECRET=s AZURE_CLIENT_CERTIFICATE_PASSWORD=s
        AZURE_CLIENT_ID=s AZURE_PASSWORD=s ACTIONS_ID_TOKEN_REQUEST_TOKEN=s
        SYSTEM_ACCESSTOKEN=s IDENTITY_HEADER=s MSI_SECRET=s GITHUB_TOKEN=s
        GH_TOKEN=s PGPASSWORD=s ARM_CLIENT_SECRET=s AWS_SECRET_ACCESS_KEY=s
        AZURE_STORAGE_KEY=s AZURE_DEVOPS_EXT_PAT=s KUBECONFIG=s HOMES=s
        SSLKEYLOGFILE="$BATS_TEST_TMPDIR/keys" MALLOC_TRACE=s ENV=s BASH_ENV=s)
    local plain=(USER=u LOGNAME=u LANG=C.UTF-8 LC_TIME=C TZ=UTC TERM=dumb
        TMPDIR=/tmp XDG_RUNTIME_DIR=/tmp NO_PROXY='*' no_proxy='*'
        DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere)
    local common='DBUS_SESSION_BUS_ADDRESS HOME LANG LC_TIME LOGNAME NO_PROXY PATH SSL_CERT_FILE TERM TMPDIR TZ USER XDG_RUNTIME_DIR no_proxy'
    az_notes
    REPORT=$BATS_TEST_TMPDIR/report.json
    clean_check "${secrets[@]}" "${plain[@]}" AZURE_CONFIG_DIR=/a \
        AZURE_CORE_COLLECT_TELEMETRY=no REQUESTS_CA_BUNDLE="$SSL_CERT_FILE" \
        PYTHONPATH=/a AZD_CONFIG_DIR=/a DOTNET_ROOT=/a --credential AzureCli
    [ "$(chosen)" = AzureCliCredential ]
    [ "$(got)" = "$(tr ' ' '\n' <<<"$common AZURE_CONFIG_DIR AZURE_CORE_COLLECT_TELEMETRY REQUESTS_CA_BUNDLE PYTHONPATH" | sort | paste -sd' ')" ]
    ! grep -q '=s$' "$BATS_TEST_TMPDIR/variables"
    clean_check "${secrets[@]}" "${plain[@]}" AZD_CONFIG_DIR=/a AZURE_CONFIG_DIR=/a \
        AZURE_DEV_COLLECT_TELEMETRY=no PYTHONPATH=/a --credential AzureDeveloperCli
    [ "$(chosen)" = AzureDeveloperCliCredential ]
    [ "$(got)" = "$(tr ' ' '\n' <<<"$common AZD_CONFIG_DIR AZURE_DEV_COLLECT_TELEMETRY" | sort | paste -sd' ')" ]
    clean_check "${secrets[@]}" "${plain[@]}" PSModulePath=/a POWERSHELL_TELEMETRY_OPTOUT=1 \
        DOTNET_ROOT=/a AZD_CONFIG_DIR=/a NO_COLOR=0 --credential AzurePowerShell
    [ "$(chosen)" = AzurePowerShellCredential ]
    [ "$(got)" = "$(tr ' ' '\n' <<<"$common PSModulePath POWERSHELL_TELEMETRY_OPTOUT DOTNET_ROOT NO_COLOR AZURE_IDENTITY_POWERSHELL_RESOURCE AZURE_IDENTITY_POWERSHELL_TENANT_ID" | sort | paste -sd' ')" ]
    grep -qx NO_COLOR=1 "$BATS_TEST_TMPDIR/variables"
    [ ! -e "$BATS_TEST_TMPDIR/keys" ]
}

@test "a tool gets no open file but 0 to 2, no core, and a PATH that can be trusted" {
    az_notes
    REPORT=$BATS_TEST_TMPDIR/report.json
    mkdir -m 0777 "$BATS_TEST_TMPDIR/open"
    chmod 0777 "$BATS_TEST_TMPDIR/open"
    mkdir -m 0755 "$BATS_TEST_TMPDIR/own"
    exec 7</dev/null
    ulimit -Sc hard
    clean_check PATH=":$BATS_TEST_TMPDIR/open:bin:$BIN:$BATS_TEST_TMPDIR/missing:$BATS_TEST_TMPDIR/own:" \
        --credential AzureCli
    exec 7<&-
    [ "$(chosen)" = AzureCliCredential ]
    grep -qx "PATH=$BIN:$BATS_TEST_TMPDIR/own" "$BATS_TEST_TMPDIR/variables"
    [ "$(cat "$BATS_TEST_TMPDIR/cores")" = 0 ]
    # ls opens the folder that it lists.
    [ "$(paste -sd' ' "$BATS_TEST_TMPDIR/files")" = '0 1 2 3' ]
}

# refused SENTENCE: az is not run; the error says this, and what to do.
refused() {
    [ "$status" -eq 3 ]
    [ ! -e "$BATS_TEST_TMPDIR/asked" ]
    [[ $stderr == *"az is not run: "*"$1"* ]] || { echo "$stderr" && return 1; }
    [[ $stderr == *"$2"* ]] || { echo "$stderr" && return 1; }
}

@test "a tool that others could replace is not run" {
    az_works
    chmod 0777 "$BIN"
    check --credential AzureCli
    refused "other users can write in the folder $BIN (mode 0777)" "or run chmod go-w $BIN, or use another credential"
    # A group that is the owner's alone is nobody else.
    if [ "$(id -u)" -eq 0 ]; then chgrp 65534 "$BIN"; fi
    chmod 0775 "$BIN"
    check --credential AzureCli
    refused "other users can write in the folder $BIN (mode 0775)" "run chmod go-w $BIN"
    chmod 1777 "$BIN"
    check --credential AzureCli
    refused "others can put files beside $BIN/az" "use a folder in which only you can write"
    chmod 0755 "$BIN"
    chmod 0777 "$BIN/az"
    check --credential AzureCli
    refused "other users can write it (mode 0777)" "run chmod go-w $BIN/az"
    chmod 0755 "$BIN/az"
    # Above it, too, unless others cannot rename there what is not theirs.
    mkdir "$BATS_TEST_TMPDIR/above"
    mv "$BIN" "$BATS_TEST_TMPDIR/above/bin"
    ln -s above/bin "$BIN"
    chmod 0777 "$BATS_TEST_TMPDIR/above"
    check --credential AzureCli
    refused "other users can write in the folder $BATS_TEST_TMPDIR/above (mode 0777)" "run chmod go-w $BATS_TEST_TMPDIR/above"
    chmod 1777 "$BATS_TEST_TMPDIR/above"
    check --credential AzureCli
    [ "$(chosen)" = AzureCliCredential ]
}

@test "a link leads to a tool only where its target can be trusted" {
    mkdir -m 0755 "$BATS_TEST_TMPDIR/tools"
    az_works
    mv "$BIN/az" "$BATS_TEST_TMPDIR/tools/az"
    ln -s ../tools/az "$BIN/az"
    check --credential AzureCli
    [ "$(chosen)" = AzureCliCredential ]
    chmod 0777 "$BATS_TEST_TMPDIR/tools"
    check --credential AzureCli
    refused "/tools (mode 0777)" 'run chmod go-w'
    chmod 0755 "$BATS_TEST_TMPDIR/tools"
    [ "$(id -u)" -eq 0 ] || skip 'the rest needs root: files of another user'
    chown 65534 "$BATS_TEST_TMPDIR/tools/az"
    check --credential AzureCli
    refused "belongs to another user (number 65534)" "then run chown 0 "
    chown 0 "$BATS_TEST_TMPDIR/tools/az"
    chown 65534 "$BATS_TEST_TMPDIR/tools"
    check --credential AzureCli
    refused '/tools: belongs to another user' 'use a folder of your own'
}

@test "a tool that is not run does not stop the chain, nor does a relative entry of PATH have one" {
    az_works
    azd_works
    chmod 0777 "$BIN/az"
    check -v
    [ "$(chosen)" = AzureDeveloperCliCredential ]
    [[ $stderr == *"AzureCliCredential: az is not run: $BIN/az: other users can write"* ]]
    rm "$BIN/az" "$BIN/azd"
    az_works
    cd "$BATS_TEST_TMPDIR"
    mv "$BIN/az" az
    local path
    for path in "$BIN:" "$BIN:." "./:$BIN" ":$BIN"; do
        rm -f asked
        run --separate-stderr env PATH="$path" "$PIKET_BUILD/piket" check \
            --no-store --credential AzureCli
        refused 'only a relative entry of PATH has it' 'write the whole path of its folder into PATH'
    done
}
