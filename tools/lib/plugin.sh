# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the plugin for the Wireshark that is installed, for the scripts that look at captures.
# Sourced after lib.sh, never run; $root is set by then.
# shellcheck disable=SC2154

# Complains about what can be said without Wireshark, before anything is installed for it.
check_capture() {
    local file=$1
    [[ $file == - ]] && return
    [[ -e $file ]] || refuse "$file" "$(why_missing "$file")"
    [[ ! -d $file ]] || refuse "$file" "is a folder, not a capture"
    [[ -r $file ]] || refuse "$file" "you may not read this file"
    [[ ! -f $file || -s $file ]] || refuse "$file" "is empty"
}

# Why there is nothing at the end of this path.
why_missing() {
    if [[ $(LC_ALL=C stat -L -- "$1" 2>&1) == *'Too many levels of symbolic links' ]]; then
        printf 'is a link that leads back to itself'
    else
        printf 'there is no such file'
    fi
}

# Sets build, where the plugin is or will be: in the source tree, or in the user's cache if that
# can't be written.
choose_build_folder() {
    build=$root/build/annotate
    ! built || return 0
    [[ -w $root && (! -e $root/build || -w $root/build) ]] || build=$(cache_folder)
}

cache_folder() {
    local cache=${XDG_CACHE_HOME-} key
    [[ -n ${HOME-} ]] || unset HOME # then ~ is what the system knows
    [[ $cache == /* ]] || cache=~/.cache
    key=$(printf '%s' "$root" | sha256sum | cut -c1-12)
    printf '%s\n' "$cache/smtp-explain/$key"
}

# What the plugin is made from: the sources, the translations and the Wireshark that it is for.
fingerprint() {
    {
        pkg-config --modversion wireshark
        cd "$root" || exit
        find CMakeLists.txt plugin po -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    } | sha256sum
}

built() {
    [[ -e $build/stamp && $(<"$build/stamp") == "$(fingerprint)" ]]
}

# Only a finished build has a stamp; anything else is started over.
build_plugin() {
    say "Building the plugin for Wireshark $(pkg-config --modversion wireshark)"
    trap 'rm -rf "$build"; rmdir "${build%/*}" 2>/dev/null || true; tidy_up' EXIT
    { rm -rf "$build" && mkdir -p "$build"; } 2>/dev/null ||
        die "the plugin must be built once, and neither $(shown "$root") nor $(shown "$build") can" \
            "be written; set XDG_CACHE_HOME to a folder where it can be kept"
    compile_plugin "$build"
    fingerprint >"$build/stamp"
    trap tidy_up EXIT
}

# Builds if it must, one run at a time; a second run finds nothing to do.
ensure_plugin() {
    local lock
    built && return
    exec {lock}<"$root"
    flock "$lock"
    built || build_plugin
    exec {lock}<&-
}

# As root, what reads captures runs as an account without rights, which can read neither the clone nor the
# home folder of root: scripts of these names stand before the programs themselves. What that account may
# read is in a folder of its own.
hand_down_rights() {
    local program
    make_private_folder SMTP_EXPLAIN_STAGE "${TMPDIR:-/tmp}/smtp-explain.XXXXXX"
    cp -r "$build/plugins" "$SMTP_EXPLAIN_STAGE/plugins"
    chmod -R a+rX "$SMTP_EXPLAIN_STAGE"
    mkdir -m 700 "$SMTP_EXPLAIN_STAGE/home"
    chown "$NOBODY:$NOBODY" "$SMTP_EXPLAIN_STAGE/home"
    mkdir "$SCRATCH/bin"
    cat >"$SCRATCH/bin/tshark" <<END
#!/bin/sh
exec ${UNPRIVILEGED[*]} --pdeathsig TERM env -u XDG_CONFIG_HOME PATH="\$SMTP_EXPLAIN_PATH" \\
    HOME="\$SMTP_EXPLAIN_STAGE/home" WIRESHARK_PLUGIN_DIR="\$SMTP_EXPLAIN_STAGE/plugins" \\
    "\${0##*/}" "\$@"
END
    chmod 700 "$SCRATCH/bin/tshark"
    for program in editcap gzip zstd lz4; do
        ! has "$program" || ln "$SCRATCH/bin/tshark" "$SCRATCH/bin/$program"
    done
    export SMTP_EXPLAIN_STAGE SMTP_EXPLAIN_PATH=$PATH PATH=$SCRATCH/bin:$PATH
}

# Installs and builds what is missing, and sets smtp_explain, the command. It finds the plugin.
prepare() {
    local build
    install_packages "${RUN_PACKAGES[@]}"
    choose_build_folder
    ensure_plugin
    # shellcheck disable=SC2034 # used by those who source this
    smtp_explain=$build/bin/smtp-explain
    export WIRESHARK_PLUGIN_DIR=$build/plugins
    ((EUID != 0)) || hand_down_rights
}
