# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Completion of the arguments of smtp-explain and smtp-explain-many, for bash.

_smtp_explain() {
    local word=${COMP_WORDS[COMP_CWORD]}
    local commands='connection message EHLO HELO LHLO MAIL RCPT DATA BDAT BURL RSET NOOP VRFY EXPN
        HELP QUIT AUTH X-EXPS STARTTLS ETRN ATRN TURN XCLIENT XFORWARD XEXCH50'

    COMPREPLY=()
    case ${COMP_WORDS[1]} in
        code)
            ((COMP_CWORD == 1)) || mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
            return
            ;;
        compare) ((COMP_CWORD == 1)) || return 0 ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--all --session --json --tsv --users --smtp-port --keys
            -i -o -f --force --help --version' -- "$word")
        return
    fi
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    if ((COMP_CWORD == 1)); then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'code compare' -- "$word")
    fi
}

_smtp_explain_many() {
    local word=${COMP_WORDS[COMP_CWORD]}

    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '-o --json --sshloginfile --help' -- "$word")
        return
    fi
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
}

complete -F _smtp_explain smtp-explain
complete -F _smtp_explain_many smtp-explain-many
