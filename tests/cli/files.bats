#!/usr/bin/env bats
# Files and folders in which others have a say, and files that a command would
# write over itself. What only another user can bring about needs root.

bats_require_minimum_version 1.5.0
load helpers
load apply

OTHER=65534

setup() {
    apply_setup
    umask 022
    unset SUDO_UID
}

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@" </dev/null; }

needs_root() { [ "$(id -u)" -eq 0 ] || skip 'only root can give a file away'; }

# A group that is the owner's alone is nobody else; only root can give away.
foreign_group() { if [ "$(id -u)" -eq 0 ]; then chgrp "$OTHER" "$1"; fi; }

wanted=(--email soc@contoso.nl --phone '+31 20 123 4567' --tenant "$TENANT")

# what was asked of Azure but signing in and reading
written() {
    jq -r 'select(.method == "PUT" or .method == "DELETE"
        or (.path | test("/simulate$"))) | .path' "$EMULATOR_LOG"
}

@test "a report inherits no dangerous mode, and opens to nobody" {
    start 3
    local mode
    for mode in 6777 4755 2755 666 660; do
        : >report
        chmod "$mode" report
        run -1 piket check --no-store --output report --report json=other
        [ "$((8#$(stat -c %a report) & 8#7022))" -eq 0 ]
        rm other
        piket export --format az --email soc@contoso.nl --output report
        [ "$((8#$(stat -c %a report) & 8#7022))" -eq 0 ]
    done
    # What was kept from others is kept from them still.
    chmod 600 report
    piket export --format az --email soc@contoso.nl --output report
    [ "$(stat -c %a report)" = 600 ]
    (umask 0; piket explain --output fresh)
    [ "$(stat -c %a fresh)" = 644 ]
    (umask 0; piket remediate "${wanted[@]}" --save-plan plan --output out || true)
    (umask 0; piket remediate --plan plan --apply --yes --tenant "$TENANT" \
        --store "$STORE" --backup backup --output out)
    [ "$(stat -c %a plan backup "$STORE" "$STORE.lock" | sort -u)" = 600 ]
}

@test "a file of another user is replaced, and gives nothing on" {
    needs_root
    mkdir -m 1777 shared
    echo theirs >shared/report
    chown "$OTHER" shared/report
    chmod 6777 shared/report
    piket explain --output shared/report
    [ "$(stat -c '%a %u' shared/report)" = '644 0' ]
}

@test "no file is put into a folder in which others can write" {
    start 3
    mkdir shared
    piket check --store "$STORE" --output /dev/null || true
    chmod 777 shared
    local words
    for words in 'check --no-store --output shared/x' \
        'check --no-store --report csv=shared/x' 'explain --output shared/x' \
        'export --format arm --email soc@contoso.nl --output shared/x' \
        'init --output shared/x' 'doctor --output shared/x' \
        "history --store $STORE --output shared/x" \
        "report --store $STORE --report html=shared/x" \
        'check --list-formats --output shared/x' \
        "remediate ${wanted[*]/#+31*/+31201234567} --save-plan shared/x" \
        "remediate --apply --yes --store $STORE --tenant $TENANT --email a@b.nl --backup shared/x" \
        'check --store shared/x' 'check --store shared/deep/x'; do
        echo "$words"
        # shellcheck disable=SC2086
        run -3 --separate-stderr piket $words
        [[ $stderr = *'other users can write in'* ]]
        [[ $stderr = *'folder'* ]]
        [ -z "$(ls -A shared)" ]
    done
    [ -z "$(written)" ]
    # Where nobody can exchange the files of others, it does no harm.
    chmod 1777 shared
    run -1 piket check --no-store --output shared/x
    chmod 777 shared
    (cd shared && run -3 --separate-stderr piket check --no-store --output y)
}

@test "links of others are not followed, one's own are" {
    mkdir -m 1777 shared
    echo old >victim
    ln -s "$PWD/victim" shared/link
    ln -s "$PWD" shared/folder
    piket explain --output shared/link
    [ "$(head -c 3 victim)" != old ]
    needs_root
    echo old >victim
    chown -h "$OTHER" shared/link shared/folder
    local words
    for words in '--output shared/link' '--output shared/folder/victim' \
        '--output shared/folder/new'; do
        # shellcheck disable=SC2086
        run -3 --separate-stderr piket explain $words
        [[ $stderr = *'is a symbolic link of another user (number 65534)'*'name the file that it leads to'* ]]
    done
    [ "$(cat victim)" = old ]
    [ ! -e new ]
    run -3 --separate-stderr piket check --store shared/folder/piket.db
    [[ $stderr = *'is a symbolic link of another user'* ]]
    [ ! -e piket.db ]
}

@test "streams are written as ever: descriptors, pipes, devices" {
    local page
    page=$(piket explain)
    [ "$(piket explain --output /dev/stdout)" = "$page" ]
    [ "$(piket explain --output /dev/fd/4 4>&1)" = "$page" ]
    echo first >file
    piket explain --output /dev/fd/4 4>>file
    [ "$(cat file)" = "first
$page" ]
    piket explain --output >(cat >copy)
    mkfifo pipe
    cat pipe >got 3>&- &
    piket explain --output pipe
    wait $!
    [ "$(cat got)" = "$page" ]
    piket explain --output /dev/null
    run -3 piket explain --output sub/
    mkdir sub
    run -3 piket explain --output sub/
}

# refused: what was last run wrote nothing to Azure, and says how to go on.
refused() {
    [[ $stderr = *'what others can change must not decide what is written to Azure'* ]]
    [[ $stderr = *"$1"* ]]
    [[ $stderr = *"$2"* ]]
    [ -z "$(written)" ]
}

@test "what others can write decides no write to Azure" {
    start 3
    local apply=(remediate --apply --yes --store "$STORE" "${wanted[@]}")
    printf 'version: 1\nscope: { subscriptions: [Sub-0001] }\n' >piket.yaml
    cp piket.yaml named.yaml
    piket remediate "${wanted[@]}" --save-plan plan --output /dev/null || true
    jq -n '{emails: "soc@contoso.nl"}' >contact
    echo "00000000-0000-4000-8000-000000000001" >expect
    local mode file words
    for mode in 666 664 622; do
        for file in piket.yaml named.yaml plan contact expect; do
            case $file in
            piket.yaml) words=("${apply[@]}") ;;
            named.yaml) words=("${apply[@]}" --config named.yaml) ;;
            plan) words=(remediate --apply --yes --tenant "$TENANT"
                --store "$STORE" --plan plan) ;;
            *) words=("${apply[@]}" "--$file" "$file") ;;
            esac
            foreign_group "$file"
            chmod "$mode" "$file"
            run -3 --separate-stderr piket "${words[@]}"
            refused "$file: other users can write it (mode 0$mode)" \
                "chmod go-w $file"
            chmod 644 "$file"
        done
    done
    chmod 666 piket.yaml
    run -3 --separate-stderr piket test-alert --yes --store "$STORE"
    refused 'piket.yaml: other users can write it' 'chmod go-w'
    run -3 --separate-stderr env PIKET_CONFIG=piket.yaml \
        "$PIKET_BUILD/piket" "${apply[@]}"
    refused 'piket.yaml: other users can write it' 'chmod go-w'
    # What only reads warns, and goes on.
    for words in 'check --no-store' remediate doctor \
        'export --format az --email soc@contoso.nl'; do
        # shellcheck disable=SC2086
        run --separate-stderr piket $words
        [ "$status" -ne 3 ]
        [[ $stderr = *'warning: others can change what this is read from: piket.yaml: '*'chmod go-w'* ]]
    done
    # Whoever can write in the folder can exchange the file.
    chmod 644 piket.yaml
    mkdir -p shared/mine
    cp piket.yaml shared/mine
    # Where each user has a group of his own, umask is often 002.
    if [ "$(id -u)" -eq 0 ]; then
        chmod 775 shared
        run --separate-stderr piket "${apply[@]:0:1}" "${apply[@]:3}" --config shared/mine/piket.yaml
        [[ $stderr != *'other users can write'* ]]
    fi
    foreign_group shared
    chmod 775 shared
    run -3 --separate-stderr piket "${apply[@]}" --config shared/mine/piket.yaml
    refused 'other users can write in the folder shared' 'use a folder in which only you can write'
    cd shared/mine
    run -3 --separate-stderr piket "${apply[@]}"
    refused '/shared (mode 0775)' 'chmod go-w'
    # The advice works.
    chmod go-w ..
    run -0 --separate-stderr piket "${apply[@]}" --backup ../../backup
    [ "$(written | wc -l)" -eq 1 ]
    cd ../..
    chmod 606 backup
    run -3 --separate-stderr piket revert --from backup --apply --yes \
        --store "$STORE" --tenant "$TENANT"
    [[ $stderr = *'--from: '*'backup: other users can write it'* ]]
    [ "$(written | wc -l)" -eq 1 ]
}

@test "what belongs to another user decides no write to Azure" {
    needs_root
    start 3
    local apply=(remediate --apply --yes --store "$STORE" "${wanted[@]}")
    printf 'version: 1\nscope: { subscriptions: [Sub-0001] }\n' >piket.yaml
    chown "$OTHER" piket.yaml
    run -3 --separate-stderr piket "${apply[@]}"
    refused 'piket.yaml: belongs to another user (number 65534)' 'chown 0 piket.yaml'
    run -3 --separate-stderr env SUDO_UID=$OTHER "$PIKET_BUILD/piket" "${apply[@]}"
    refused 'number 65534, who called sudo' 'copy it into a folder of your own'
    run -1 --separate-stderr piket check --no-store
    [[ $stderr = *'warning: '*'belongs to another user'* ]]
    mkdir theirs
    mv piket.yaml theirs
    chown 0 theirs/piket.yaml
    chown "$OTHER" theirs
    run -3 --separate-stderr piket "${apply[@]}" --config theirs/piket.yaml
    refused 'the folder theirs: belongs to another user' 'use a folder of your own'
    cp theirs/piket.yaml .
    run -0 piket "${apply[@]}"
    [ "$(written | wc -l)" -eq 1 ]
}

@test "certificates that others can change tell nobody who Azure is" {
    start 3
    local apply=(remediate --apply --yes --store "$STORE" "${wanted[@]}")
    local mode
    cp "$SSL_CERT_FILE" ca
    export SSL_CERT_FILE=
    for mode in 666 664 602; do
        foreign_group ca
        chmod "$mode" ca
        run -3 --separate-stderr piket "${apply[@]}" --ca-file ca
        refused "--ca-file: ca: other users can write it (mode 0$mode)" \
            'chmod go-w ca'
        SSL_CERT_FILE=ca run -3 --separate-stderr piket "${apply[@]}"
        refused 'SSL_CERT_FILE: ca: other users can write it' 'chmod go-w ca'
    done
    run -3 --separate-stderr piket test-alert --subscription '*' --yes \
        --store "$STORE" --ca-file ca
    refused '--ca-file: ca: other users can write it' 'chmod go-w ca'
    run -3 --separate-stderr piket revert --from backup --apply --yes \
        --store "$STORE" --tenant "$TENANT" --ca-file ca
    refused '--ca-file: ca: other users can write it' 'chmod go-w ca'
    # What only reads warns, once, and goes on.
    local words
    for words in 'check --no-store' 'remediate --email soc@contoso.nl' \
        'doctor' 'init --output new.yaml'; do
        # shellcheck disable=SC2086
        run --separate-stderr piket $words --ca-file ca
        [ "$status" -ne 3 ]
        [ "$(grep -c 'warning: others can change .*--ca-file: ca: ' \
            <<<"$stderr")" -eq 1 ]
    done
    rm new.yaml
    # Nor do those that others can put there.
    chmod 644 ca
    mkdir shared
    cp ca shared/ca
    chmod 777 shared
    for words in shared/ca shared/none; do
        run -3 --separate-stderr piket "${apply[@]}" --ca-file "$words"
        refused 'other users can write in the folder shared' 'chmod go-w shared'
    done
    if [ "$(id -u)" -eq 0 ]; then
        cp ca theirs
        chown "$OTHER" theirs
        run -3 --separate-stderr piket "${apply[@]}" --ca-file theirs
        refused 'theirs: belongs to another user (number 65534)' 'chown 0 theirs'
    fi
    run -0 --separate-stderr piket "${apply[@]}" --ca-file ca
    [ "$(written | wc -l)" -eq 3 ]
}

@test "a piket.yaml that others can have removed is missed" {
    start 3
    local apply=(remediate --apply --yes --store "$STORE" "${wanted[@]}")
    local mode
    mkdir -p shared/mine
    foreign_group shared
    for mode in 777 775 757; do
        chmod "$mode" shared
        cd shared
        run -3 --separate-stderr piket "${apply[@]}"
        [[ $stderr = *'others can have removed what decides what is written'*'piket.yaml: other users can write in the folder'*'--config FILE'* ]]
        cd mine
        run -3 --separate-stderr piket "${apply[@]}"
        [[ $stderr = *'other users can write in the folder'*'/shared (mode'* ]]
        cd ../..
    done
    cd shared
    run -3 --separate-stderr piket test-alert --subscription '*' --yes \
        --store "$STORE"
    [[ $stderr = *'others can have removed'* ]]
    run -3 --separate-stderr piket revert --from ../backup --apply --yes \
        --store "$STORE" --tenant "$TENANT"
    [[ $stderr = *'others can have removed'* ]]
    [ -z "$(written)" ]
    # What only reads goes on, and so does what names its configuration, or
    # is where others can remove nothing.
    run -1 --separate-stderr piket check --no-store
    printf 'version: 1\nscope: { subscriptions: [Sub-0001] }\n' >"$BATS_TEST_TMPDIR/named.yaml"
    run -0 piket "${apply[@]}" --config "$BATS_TEST_TMPDIR/named.yaml"
    [ "$(written | wc -l)" -eq 1 ]
    chmod 1777 .
    run -0 piket "${apply[@]}"
    [ "$(written | wc -l)" -eq 3 ]
}

@test "a piket.yaml that cannot be read is no absence" {
    start 4
    local make
    for make in 'ln -s nowhere' 'ln -s piket.yaml' 'ln -s none/piket.yaml' \
        mkdir mkfifo 'ln -s /dev/null'; do
        rm -rf piket.yaml
        $make piket.yaml
        run -3 --separate-stderr piket remediate --apply --yes \
            --store "$STORE" "${wanted[@]}"
        [[ $stderr = *'piket.yaml: '* ]]
        run -3 --separate-stderr piket check --no-store
        [[ $stderr = *'read the configuration: piket.yaml: '* ]]
        run piket doctor --format json
        [ "$(jq -r '.lines[] | select(.id == "configuration") | .status' \
            <<<"$output")" = fail ]
    done
    [ -z "$(written)" ]
}

@test "nothing written takes the place of another file of the command" {
    start 3
    mkdir own
    cd own
    piket check --store store --output /dev/null || true
    printf 'version: 1\n' >piket.yaml
    jq -n '{emails: "soc@contoso.nl"}' >contact
    cp "$SSL_CERT_FILE" ca
    echo "00000000-0000-4000-8000-000000000001" >expect
    piket remediate "${wanted[@]}" --save-plan plan --output /dev/null || true
    ln piket.yaml hard
    ln -s store link
    ln -s . folder
    local before words
    before=$(cat piket.yaml contact ca expect plan store | sha256sum)
    local common="--email a@b.nl --tenant $TENANT"
    for words in 'check --store store --output store' \
        'check --store store --report json=link' \
        'check --store store --output folder/store-wal' \
        'check --store store --output ./store.lock' \
        'check --store new --output folder/new' \
        'check --output piket.yaml' 'check --output hard' \
        'check --config hard --report csv=piket.yaml' \
        'check --ca-file ca --output ca' 'check --expect expect --output expect' \
        'check --token-cache new --output new' \
        'check --token-cache own/new --store own/new' \
        'export --format az --contact contact --output contact' \
        'export --format az --output piket.yaml' \
        'history --store store --output store' \
        'report --store store --output store-shm' \
        'doctor --store store --output link' \
        'init --output new --token-cache folder/new' \
        'test-alert --yes --store store --output store' \
        "remediate --plan plan --tenant $TENANT --output plan" \
        "remediate $common --save-plan new --output ./new" \
        "remediate $common --save-plan - --output -" \
        "remediate $common --store store --apply --yes --backup new --output new" \
        "remediate $common --contact contact --output contact" \
        "remediate $common --store store --output store-journal" \
        'revert --from plan --output plan' \
        'revert --from plan --backup plan' \
        'check --report json=new --report csv=folder/new'; do
        echo "$words"
        # shellcheck disable=SC2086
        run -64 --separate-stderr piket $words
        [[ $stderr = *'name the same file'*'give each a file of its own'* ]]
        [ ! -e new ]
    done
    run -64 --separate-stderr env SSL_CERT_FILE=ca "$PIKET_BUILD/piket" check --output ca
    run -64 --separate-stderr env PIKET_STORE=store "$PIKET_BUILD/piket" check --output store
    [[ $stderr = *'--output store and PIKET_STORE store name'* ]]
    run -64 --separate-stderr piket check --output "$XDG_STATE_HOME/piket/piket.db"
    # The shell may have opened it.
    run -64 --separate-stderr bash -c "'$PIKET_BUILD/piket' check --expect expect >>expect"
    [ "$(cat piket.yaml contact ca expect plan store | sha256sum)" = "$before" ]
    [ -z "$(written)" ]
    # Two that are only read may be one.
    run -1 env SSL_CERT_FILE=ca "$PIKET_BUILD/piket" check --no-store \
        --ca-file folder/ca --output out --report json=out.json
}
