# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a script needs that ends properly: messages, private folders, signals. Sourced, never run.

# Messages go to one line each, and are obeyed by no terminal.
say() {
    local words=${*//[^[:print:]]/?}
    printf '%s\n' "$words" >&2
}

die() {
    say "${0##*/}: $*"
    exit 1
}

# Would a terminal obey something in this text, or turn it round? LC_CTYPE tells the characters.
is_odd() {
    [[ $1 != *[![:print:]]* ]] || return 0
    local LC_ALL=C turning=$'\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c'
    [[ $1 =~ $turning ]]
}

# How a message calls a file. An odd name is quoted so that a shell takes it back.
shown() {
    if is_odd "$1"; then
        local LC_ALL=C
        printf '%q' "$1"
    else
        printf '%s' "$1"
    fi
}

# getopt, whose complaints quote what was typed as it is.
options() {
    getopt -q "$@" || {
        say "$(getopt "$@" 2>&1 >/dev/null || true)"
        return 1
    }
}

# refuse NAME WHY: ends the script since something is wrong with that file.
refuse() {
    die "$(shown "$1"): $2"
}

# make_private_folder VARIABLE PATTERN: makes a folder that only we can look into, sets the variable
# to it, and remembers to remove it. A signal waits for that. False if there can be no such folder.
make_private_folder() {
    local -n made=$1
    local pattern=$2 waiting='' status=0
    trap 'waiting=130' INT
    trap 'waiting=143' TERM
    trap 'waiting=129' HUP
    made=$(trap '' INT TERM HUP && mktemp -d -- "$pattern") || status=$?
    [[ -z $made ]] || LEFTOVERS+=("$made")
    trap 'stop 130' INT
    trap 'stop 143' TERM
    trap 'stop 129' HUP
    [[ -z $waiting ]] || exit "$waiting"
    return "$status"
}

# What is gone when the script ends, however it ends.
LEFTOVERS=()

tidy_up() {
    rm -rf -- "${LEFTOVERS[@]}"
}

# Makes $SCRATCH, a private folder for what is needed until the script ends.
make_scratch() {
    trap tidy_up EXIT
    make_private_folder SCRATCH "${TMPDIR:-/tmp}/smtp-explain.XXXXXX"
}

# Ends the script, and first the command that it runs through interruptible. That may miss a signal
# while it starts: GNU Parallel does.
stop() {
    if [[ -n ${child-} ]]; then
        while kill "$child" && sleep 2; do :; done >/dev/null 2>&1 &
        wait "$child" || true
        kill $! 2>/dev/null || true
    fi
    exit "$1"
}

# Runs a long command. The shell would let a command in the foreground finish before it listens to
# a signal.
interruptible() {
    local status=0 child
    "$@" <&0 &
    child=$!
    wait "$child" || status=$?
    return "$status"
}

# A script may be started without them: what is opened next would take their place.
check_streams() {
    [[ -e /dev/fd/0 ]] || exec </dev/null
    [[ -e /dev/fd/2 ]] || exec 2>/dev/null
    [[ -e /dev/fd/1 ]] || die "standard output is closed"
}

check_streams
