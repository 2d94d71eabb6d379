#!/usr/bin/env bats
# English and Dutch: who decides, what follows, and what never does.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
}

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@"; }

# speaks LANGUAGE [NAME=VALUE...] WORD...: whether help's first line is in it.
speaks() {
    local wanted=$1 first
    shift
    first=$(env "$@" 2>&1 | head -n 1)
    case $wanted in
    nl) [[ $first == Gebruik:* ]] ;;
    en) [[ $first == Usage:* ]] ;;
    esac || { echo "not $wanted: $*: $first" && false; }
}

# Runs on a small estate of every kind of fault, that is always the same.
start_estate() { start_emulator --generate 60 --seed 1; }

@test "the option decides, wherever it stands, and then the locale" {
    local piket=$PIKET_BUILD/piket
    speaks en "$piket" --help
    speaks nl "$piket" --lang nl --help
    speaks nl "$piket" --lang=nl help
    speaks nl "$piket" help --lang nl
    speaks nl "$piket" --help --lang nl
    speaks nl "$piket" --lang nl help check
    speaks nl "$piket" help check --lang nl
    speaks nl "$piket" check --help --lang nl
    speaks nl "$piket" check --lang nl --help
    speaks en LC_ALL=nl_NL.UTF-8 "$piket" check --lang en --help
    speaks nl LANG=nl_NL.UTF-8 "$piket" --help
    speaks nl LANG=en_US.UTF-8 LC_MESSAGES=nl_NL.UTF-8 "$piket" --help
    speaks en LANG=nl_NL.UTF-8 LC_MESSAGES=nl_NL.UTF-8 LC_ALL=C "$piket" --help
    speaks nl LANG=C.UTF-8 LANGUAGE=nl "$piket" --help
    speaks nl LANG=nl_BE LANGUAGE=de:nl "$piket" --help
    speaks en LANG=nl_NL.UTF-8 LANGUAGE=en:nl "$piket" --help
    speaks en LANGUAGE=nl "$piket" --help
    speaks en LANG=de_DE.UTF-8 "$piket" --help
}

@test "every command takes the option, and its help is translated" {
    local command
    for command in $(piket --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
        speaks nl "$PIKET_BUILD/piket" "$command" --lang nl --help
        piket "$command" --help | grep -q -- '--lang=en|nl'
        [ -z "$(piket "$command" --help | grep -F '(null)')" ]
        piket "$command" --lang nl --help >"$BATS_TEST_TMPDIR/help"
        [ "$(LC_ALL=C.UTF-8 wc -L <"$BATS_TEST_TMPDIR/help")" -le 80 ]
        # No description is the same in both.
        [ -z "$(comm -12 \
            <(piket "$command" --help | sed -n 's/^ *-.*   //p' | grep ' ' | sort) \
            <(sed -n 's/^ *-.*   //p' "$BATS_TEST_TMPDIR/help" | grep ' ' | sort) |
            grep -v Azure)" ]
    done
    [ -n "$command" ]
}

@test "a language that there is not is a usage error with the choices" {
    local words
    for words in '--lang de explain' 'explain --lang de' 'check --lang=NL' \
        'check --lang nl_NL' 'check --lang='; do
        # shellcheck disable=SC2086 # several words are meant
        run --separate-stderr piket $words
        [ "$status" -eq 64 ] || { echo "$words: $status" && false; }
        [ -z "$output" ]
        [[ $stderr == *'there are: en, nl'* ]]
    done
    for words in '--lang' 'check --lang' 'explain --lang'; do
        # shellcheck disable=SC2086
        run --separate-stderr piket $words
        [ "$status" -eq 64 ]
        [[ $stderr == *'--lang: needs a value'* ]]
    done
    LANG=nl_NL.UTF-8 run --separate-stderr piket check --lang de
    [ "$status" -eq 64 ]
    [[ $stderr == *"er is geen taal 'de'"*'mogelijk zijn: en, nl'* ]]
}

@test "usage errors are in the language that a later word asks for" {
    run --separate-stderr piket check --quit --lang nl
    [ "$status" -eq 64 ]
    [[ $stderr == *"er is geen optie '--quit'"*"bedoelde u '--quiet'?"* ]]
    run --separate-stderr piket explain phone --lang nl
    [ "$status" -eq 64 ]
    [[ $stderr == *"'phone' is geen eis, profiel of normenkader"* ]]
    run --separate-stderr piket --lang nl chek
    [[ $stderr == *"er is geen commando 'chek'"*"bedoelde u 'piket check'?"* ]]
    run --separate-stderr piket check --lang nl --concurrency x
    [[ $stderr == *"'x' is geen geheel getal van 1 tot en met"* ]]
}

@test "the report is in Dutch, its columns stay columns" {
    local report=$BATS_TEST_TMPDIR/report
    start_estate
    run --separate-stderr piket check --all --lang nl --output "$report"
    [ "$status" -eq 1 ]
    [ -z "$stderr" ]
    grep -q '^NIEMAND KRIJGT MAIL   [0-9]' "$report"
    grep -q '^VOLDOET NIET (exitstatus 1)    run ' "$report"
    grep -q '^60 subscriptions: [0-9]* voldoen, [0-9]* voldoen niet$' "$report"
    # What explains a group begins in the same column, whatever bytes are
    # ahead of it.
    grep -q '^NIET ZOALS GEËIST' "$report"
    run bash -c "export LC_ALL=C.UTF-8
        grep -oP '^[A-ZË ]+   [0-9]+ +(?=[a-z])' '$report' | sed 's/./x/g' |
            sort -u | wc -lL"
    read -r kinds columns <<<"$output"
    [ "$kinds" -eq 1 ] && [ "$columns" -eq 32 ]
}

@test "what a program reads is the same in any language" {
    local name
    start_estate
    # The run's name and times differ between any two runs.
    for name in en nl; do
        piket check --format json --framework bio2 --lang $name |
            jq 'del(.run.id, .run.startedAt, .run.finishedAt)' \
                >"$BATS_TEST_TMPDIR/$name.json" || true
        piket explain --format json email-valid --lang $name \
            >"$BATS_TEST_TMPDIR/$name.page"
    done
    [ "$(jq '.subscriptions | length' "$BATS_TEST_TMPDIR/en.json")" -eq 60 ]
    cmp "$BATS_TEST_TMPDIR/en.json" "$BATS_TEST_TMPDIR/nl.json"
    cmp "$BATS_TEST_TMPDIR/en.page" "$BATS_TEST_TMPDIR/nl.page"
    grep -q 'The form does not say' "$BATS_TEST_TMPDIR/nl.page"
    run piket --version
    LANG=nl_NL.UTF-8 [ "$output" = "$(LANG=nl_NL.UTF-8 piket --version)" ]
}

@test "errors of the rooms below stay English, their frame does not" {
    run --separate-stderr piket check --lang nl --arm-endpoint x
    [ "$status" -eq 64 ]
    [[ $stderr == *'--arm-endpoint: not an https URL'* ]]
    run --separate-stderr piket check --lang nl --config "$BATS_TEST_TMPDIR/no"
    [ "$status" -eq 3 ]
    [[ $stderr == *'de configuratie lezen: '*'No such file or directory'* ]]
}

@test "the configuration in effect is told in Dutch, its keys are not" {
    cd "$BATS_TEST_TMPDIR"
    printf 'version: 1\nprofile: cis-5.0\n' >piket.yaml
    piket check --print-config --lang nl >printed.yaml
    grep -q '^# configuratiebestand: piket.yaml *# standaard$' printed.yaml
    grep -q '^profile: "cis-5.0" *# bestand$' printed.yaml
    grep -q '^# tenant: niet ingesteld$' printed.yaml
    # It is still a configuration.
    piket check --config printed.yaml --print-config >/dev/null
}

@test "no Dutch locale is needed" {
    # Nobody has one for that country.
    ! locale -a | grep -q '^nl_XX'
    piket explain owner-notified --lang nl >"$BATS_TEST_TMPDIR/option"
    env -i LC_ALL=nl_XX.UTF-8 "$PIKET_BUILD/piket" explain owner-notified \
        >"$BATS_TEST_TMPDIR/locale"
    cmp "$BATS_TEST_TMPDIR/option" "$BATS_TEST_TMPDIR/locale"
    grep -q '^Waarom het ertoe doet$' "$BATS_TEST_TMPDIR/locale"
}

@test "it speaks Dutch wherever it is put, from any directory" {
    local copy=$BATS_TEST_TMPDIR/elsewhere root=$BATS_TEST_TMPDIR/root
    mkdir "$copy"
    cp "$PIKET_BUILD/piket" "$copy/"
    cd /
    speaks nl -i "$copy/piket" --lang nl --help
    meson install -C "$PIKET_BUILD" --no-rebuild --quiet --destdir "$root" \
        >/dev/null
    speaks nl -i "$(find "$root" -type f -name piket)" --lang nl --help
    # There is nothing beside it to lose.
    [ -z "$(find "$root" -name '*.mo')" ]
}

@test "az gets the environment that the caller gave" {
    start_estate
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    cat >"$BATS_TEST_TMPDIR/bin/az" <<'END'
#!/bin/sh
env | grep -E '^(LANG|LC_|LANGUAGE)' | sort >"$HOME/seen"
exit 1
END
    chmod +x "$BATS_TEST_TMPDIR/bin/az"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH LANG=en_US.UTF-8 LANGUAGE=fr \
        LC_NUMERIC=de_DE.UTF-8 run piket check --lang nl
    [ "$status" -eq 3 ]
    [ "$(cat "$BATS_TEST_TMPDIR/seen")" = "LANG=en_US.UTF-8
LANGUAGE=fr
LC_NUMERIC=de_DE.UTF-8" ]
    rm "$BATS_TEST_TMPDIR/seen"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH run piket check --lang nl
    [ -f "$BATS_TEST_TMPDIR/seen" ]
    [ ! -s "$BATS_TEST_TMPDIR/seen" ]
}

@test "doctor's diagnosis is in Dutch, its JSON, ids and commands are not" {
    local name
    start_emulator --generate 60 --seed 1
    cd "$BATS_TEST_TMPDIR"
    run --separate-stderr piket doctor --lang nl
    [[ $output == *$'\nAANMELDING\n'*'  goed    credential '* ]]
    [[ $output == *'configuration      hier is geen piket.yaml; profiel baseline-nl'* ]]
    [[ $output == *'(omgeving)'* ]]
    [[ $output == *$'\nVerder:  '* ]]
    LC_ALL=nl_NL.UTF-8 run --separate-stderr piket doctor
    [[ $output == *$'\nMACHTIGINGEN\n'* ]]
    run --separate-stderr piket doctor --lang en
    [[ $output == *$'\nPERMISSIONS\n'*$'\nNext:  '* ]]
    [[ $output == *'(environment)'* ]]
    # Times differ between any two.
    for name in en nl; do
        piket doctor --format json --lang $name |
            jq 'del(.startedAt, .lines[].facts, (.lines[]
                | select(.id | test("token|endpoint|authority|clock")).message))' \
                >$name.json || true
    done
    [ "$(jq '.lines | length' en.json)" -gt 15 ]
    cmp en.json nl.json
    run --separate-stderr piket doctor --lang nl --sample x
    [ "$status" -eq 64 ]
    [[ $stderr == *'--sample all bekijkt ze allemaal'* ]]
}

@test "init writes the same configuration in both languages" {
    local name
    start_estate
    cd "$BATS_TEST_TMPDIR"
    for name in en nl; do
        run --separate-stderr piket init --lang $name --output $name.yaml
        [ "$status" -eq 0 ] || [ "$status" -eq 2 ]
        piket check --lang en --config $name.yaml --print-config |
            sed "s/$name\.yaml/FILE/" >$name.effective
    done
    [[ $output == 'nl.yaml is geschreven. Voorgesteld wordt, naar de contacten van '* ]]
    [[ $output == *'piket check --config nl.yaml'* ]]
    cmp en.effective nl.effective
    grep -q '^# Wat uw organisatie van haar beveiligingscontacten verlangt' nl.yaml
    grep -q '# [0-9]* van [0-9]* contacten$' nl.yaml
    # What is not a comment is byte for byte the same.
    cmp <(sed 's/ *#.*//' en.yaml | grep .) <(sed 's/ *#.*//' nl.yaml | grep .)
    # It overwrites nothing, and says so.
    run --separate-stderr piket init --lang nl --output nl.yaml
    [ "$status" -eq 3 ]
    [[ $stderr == *'de configuratie schrijven: '*'piket init --output ander.yaml'* ]]
}
