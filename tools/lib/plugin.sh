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
    [[ -e $file ]] || die "$file: there is no such file"
    [[ ! -d $file ]] || die "$file: is a folder, not a capture"
    [[ -r $file ]] || die "$file: you may not read this file"
    [[ ! -f $file || -s $file ]] || die "$file: is empty"
}

# Where to build: in the source tree, or in the user's cache if that can't be written.
build_folder() {
    if [[ -w $root && (! -e $root/build || -w $root/build) ]]; then
        printf '%s\n' "$root/build/annotate"
    else
        local key
        key=$(printf '%s' "$root" | sha256sum | cut -c1-12)
        printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/smtp-explain/$key"
    fi
}

# What the plugin is made from: the sources and the Wireshark that it is for.
fingerprint() {
    {
        pkg-config --modversion wireshark
        cd "$root" || exit
        find CMakeLists.txt plugin -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    } | sha256sum
}

built() {
    [[ -e $build/stamp && $(<"$build/stamp") == "$(fingerprint)" ]]
}

# Only a finished build has a stamp; anything else is started over.
build_plugin() {
    say "Building the plugin for Wireshark $(pkg-config --modversion wireshark)"
    trap 'rm -rf "$SCRATCH" "$build"; rmdir "${build%/*}" 2>/dev/null || true' EXIT
    rm -rf "$build"
    mkdir -p "$build"
    compile_plugin "$build"
    fingerprint >"$build/stamp"
    trap 'rm -rf "$SCRATCH"' EXIT
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

# The unprivileged account can read neither the clone nor the home folder of root.
stage_for_nobody() {
    cp -r "$build/plugins" "$SCRATCH/plugins"
    mkdir "$SCRATCH/home"
    chmod -R a+rX "$SCRATCH"
    chown "$NOBODY:$NOBODY" "$SCRATCH/home"
    plugins=$SCRATCH/plugins
    environment=(-u XDG_CONFIG_HOME HOME="$SCRATCH/home")
}

# Installs and builds what is missing, and sets tshark, the command with the plugin.
prepare() {
    local build plugins environment=()
    install_packages "${RUN_PACKAGES[@]}"
    build=$(build_folder)
    ensure_plugin
    plugins=$build/plugins
    ((EUID != 0)) || stage_for_nobody
    # shellcheck disable=SC2034 # used by those who source this
    tshark=("${UNPRIVILEGED[@]}" env "${environment[@]}" WIRESHARK_PLUGIN_DIR="$plugins" tshark)
}
