# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# smtp-explain-many: many captures, explained by many processes of smtp-explain. Sourced after script.sh by
# those who have set called, what the user called; needed, what other machines must have; remote_job, the
# words that do a job there; and the function get_ready, which sets smtp_explain.
# shellcheck disable=SC2154

usage() {
    cat <<END
usage: $called [-o OUTDIR] [--json] [--sshloginfile FILE] DIR-or-LIST

Explains the SMTP server replies of all files below the folder DIR, or of those that the file LIST
names, one path a line. OUTDIR/results gets a file for each capture, with a row for each reply, and
OUTDIR/captures links with the same numbers. Prints the report on all of them, and what could not be
read.

-o OUTDIR            where to put the results (annotated in the current folder)
--json               lines of JSON instead of a table with tabs
--sshloginfile FILE  other machines to work on, as GNU Parallel wants them; they need $needed

The same command again goes on where it was stopped, and tries again what failed.

Ends with status 0 if all captures were read, 1 if not, 2 if it was called wrongly.
END
}

wrong_usage() {
    usage >&2
    exit 2
}

# Sets source, outdir, format and machines.
read_arguments() {
    local arguments
    arguments=$(options -n "${0##*/}" -o ho: -l help,json,sshloginfile: -- "$@") || wrong_usage
    eval "set -- $arguments"
    while [[ $1 != -- ]]; do
        case $1 in
            -h | --help)
                usage
                exit
                ;;
            -o)
                outdir=$2
                shift
                ;;
            --json) format=json ;;
            --sshloginfile)
                machines=$2
                shift
                ;;
        esac
        shift
    done
    shift
    [[ $# == 1 && -n $1 && -n $outdir ]] || wrong_usage
    source=$1
}

absolute() {
    if [[ $1 == /* ]]; then printf '%s' "$1"; else printf '%s/%s' "$PWD" "$1"; fi
}

# resolve VARIABLE OPTION...: makes the path in it absolute, without links. A command substitution
# would cut line ends off.
resolve() {
    local -n path=$1
    shift
    IFS= read -r -d '' path < <(realpath -z "$@" -- "$path")
}

check_source() {
    [[ -e $source ]] || refuse "$source" "there is no such file or folder"
    [[ -r $source ]] || refuse "$source" "you may not read this"
    # Text holds no null byte.
    [[ -d $source ]] || { [[ -f $source ]] && cmp -s -- "$source" <(tr -d '\0' <"$source"); } ||
        refuse "$source" "is neither a folder nor a list of paths"
    [[ -z $machines || -r $machines ]] || refuse "$machines" "can't be read"
}

# Results of other captures, or in another format, must not get mixed with ours.
claim_outdir() {
    local mark="smtp-explain-many $format $source"
    if [[ ! -e $outdir/run ]]; then
        [[ ! -e $outdir || (-d $outdir && -z $(ls -A -- "$outdir")) ]] ||
            refuse "$outdir" "holds something else; name a folder that is empty or not there yet"
        mkdir -p -- "$outdir"
        printf '%s\n' "$mark" >"$SCRATCH/run"
        cp "$SCRATCH/run" "$outdir/run" || {
            rm -f "$outdir/run"
            exit 1
        }
    fi
    cmp -s "$outdir/run" <(printf '%s\n' "$mark") ||
        refuse "$outdir" "holds the results of another run"
    # Held by the jobs, too: those of a run that was killed may still be at work.
    exec {lock}<>"$outdir/run"
    flock -w 10 "$lock" || refuse "$outdir" "another run is at work there"
    mkdir -p -- "$outdir/captures" "$outdir/results"
}

# The paths of what may be captures, each with a null byte after it. Results of ours are none.
paths() {
    local path
    if [[ -d $source ]]; then
        find "$source" -type d -exec grep -qs -D skip '^smtp-explain-many ' '{}/run' \; -prune -o \
            ! -type d -print0 | LC_ALL=C sort -z
    else
        while IFS= read -r path || [[ -n $path ]]; do
            [[ -z $path ]] || printf '%s\0' "$(absolute "$path")"
        done <"$source"
    fi
}

number_captures() {
    paths >"$SCRATCH/paths" ||
        refuse "$source" "not all of it can be read; its captures would be missed"
    (cd "$outdir" && "$smtp_explain" --many number "$how") <"$SCRATCH/paths" || exit 1
    [[ -n $(ls -A -- "$outdir/captures") ]] || refuse "$source" "there is no file"
}

# The numbers of the captures that have no complete result yet, or one that failed.
unfinished() {
    local number
    for number in captures/*; do
        number=${number#captures/}
        [[ -e results/$number.$format && -e results/$number.error && ! -s results/$number.error ]] ||
            printf '%s\n' "$number"
    done
}

# Runs the jobs, in $outdir. Where that is, those of this machine find in the environment; on another
# one there is only the capture, in a folder made for it.
run_jobs() {
    local options=(--will-cite --joblog +joblog) command
    # Where parallel counts the processors itself, it complains if /sys isn't there.
    [[ -n $machines ]] || options+=(--jobs "$(nproc)")
    # The jobs are told to stop, and get the time that they need for it.
    options+=(--termseq "TERM,10000,KILL,25")
    # It forgets a job if it is told to stop while it starts that: the job has to know who it works for.
    # shellcheck disable=SC2016
    printf -v command 'exec %q --many read "$PARALLEL_PID" %q ' "$smtp_explain" "$format"
    [[ ! -t 2 ]] || options+=(--bar)
    if [[ -n $machines ]]; then
        printf -v command '%q ' "${remote_job[@]}" "$format"
        options+=(--sshloginfile "$machines" --workdir ... --cleanup
            --transferfile 'captures/{}' --return "results/{}.$format" --return 'results/{}.tally'
            --return 'results/{}.error')
    fi
    trap 'rm -f results/.[0-9]*; tidy_up' EXIT
    rm -f results/.[0-9]*
    unfinished >"$SCRATCH/numbers"
    mkdir "$SCRATCH/parallel"
    HOME=${HOME:-$SCRATCH} SMTP_EXPLAIN_OUTDIR=$outdir PARALLEL_HOME=$SCRATCH/parallel \
        PARALLEL_SHELL=$BASH PARALLEL='' PARALLEL_RSYNC_OPTS='-rLDzR --chmod=go=' \
        interruptible parallel "${options[@]}" -a "$SCRATCH/numbers" "$command{}" </dev/null
}

# What needn't be said of paths: where all of them begin.
beginning() {
    if [[ -d $source ]]; then printf '%s/' "${source%/}"; else printf '%s/' "${PWD%/}"; fi
}

main() {
    local source outdir=annotated format=tsv machines='' how=named smtp_explain lock prefix status=0
    read_arguments "$@"
    check_source
    resolve source
    resolve outdir -m
    [[ -z $machines ]] || resolve machines
    make_scratch
    claim_outdir
    [[ ! -d $source ]] || how=found
    get_ready
    number_captures
    prefix=$(beginning && printf .)
    cd "$outdir" || exit
    # Up to 101 it counts what failed. Beyond that, it did not get to the end.
    run_jobs || status=$?
    ((status <= 101)) || say "${0##*/}: stopped before the end; the same command again goes on"
    "$smtp_explain" --many sum "$format" "${prefix%.}" || exit 1
}
