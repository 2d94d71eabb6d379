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
    mkdir "$BIN"
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
