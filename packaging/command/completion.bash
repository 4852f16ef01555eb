# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Completion of smtp-explain's arguments, for bash.

_smtp_explain() {
    local word=${COMP_WORDS[COMP_CWORD]} choices=
    local commands='connection message EHLO HELO LHLO MAIL RCPT DATA BDAT BURL RSET NOOP VRFY EXPN
        HELP QUIT AUTH X-EXPS STARTTLS ETRN ATRN TURN XCLIENT XFORWARD'

    if ((COMP_CWORD == 1)); then
        choices='code compare --help --version'
    elif [[ ${COMP_WORDS[1]} == code ]] && ((COMP_CWORD > 2)); then
        choices=$commands
    fi
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
}

complete -F _smtp_explain smtp-explain
