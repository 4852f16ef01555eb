# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the scripts of this folder share. Sourced, never run.

# The Debian packages that a build and a look at a capture need. Wireshark's TLS header includes
# libgcrypt's, which its own development package does not bring along.
# shellcheck disable=SC2034 # used by those who source this
RUN_PACKAGES=(cmake ninja-build gcc libc6-dev pkg-config libglib2.0-dev libwireshark-dev
    wireshark-dev libgcrypt20-dev gettext tshark python3)

# An account without rights. As root, Wireshark refuses plugins from anywhere but its own folder.
readonly NOBODY=65534

# What to put before a command that must not run as root. It keeps one capability, which is worth
# nothing once no other can be had: to have it is enough for the kernel to hide the command's memory
# and its open files, the capture among them, from the other processes of that account, in /proc and
# from debuggers.
UNPRIVILEGED=()
((EUID != 0)) || UNPRIVILEGED=(setpriv "--reuid=$NOBODY" "--regid=$NOBODY" --clear-groups
    "--bounding-set=-all,+setpcap" "--inh-caps=-all,+setpcap" "--ambient-caps=-all,+setpcap")

# shellcheck source=tools/lib/script.sh
source "$(dirname "${BASH_SOURCE[0]}")/script.sh"

# Where CMake finds Wireshark: it depends on the version, and on the distribution.
has_wireshark_cmake_package() {
    local file
    for file in /usr/{,local/}lib{,64}/{,*/}{cmake/wireshark,wireshark/cmake}/WiresharkConfig.cmake; do
        [[ ! -e $file ]] || return 0
    done
    return 1
}

# Is what this Debian package brings there? Asked of the system, not of dpkg: it may have come
# another way, and there are systems without dpkg.
has() {
    case $1 in
        ninja-build) command -v ninja ;;
        gcc) command -v cc ;;
        libc6-dev) [[ -e /usr/include/stdio.h ]] ;;
        libgcrypt20-dev) [[ -e /usr/include/gcrypt.h ]] ;;
        libglib2.0-dev) command -v pkg-config && pkg-config --exists glib-2.0 ;;
        libwireshark-dev) command -v pkg-config && pkg-config --exists wireshark ;;
        wireshark-dev) has_wireshark_cmake_package ;;
        gettext) command -v msgfmt && command -v xgettext ;;
        python3-pytest) command -v pytest-3 ;;
        python3-pytest-xdist) [[ -d /usr/lib/python3/dist-packages/xdist ]] ;;
        dpkg-dev) command -v dpkg-shlibdeps ;;
        wireshark-common) command -v editcap ;;
        xvfb) command -v Xvfb ;;
        imagemagick) command -v import ;;
        fonts-dejavu-core) [[ -d /usr/share/fonts/truetype/dejavu ]] ;;
        openssh-client) command -v ssh ;;
        libclang-rt-*-dev) compgen -G "$(clang -print-resource-dir)/lib/*/libclang_rt.fuzzer*" ;;
        parallel) parallel --version | grep -q '^GNU' ;; # moreutils has another one
        libnet-ssleay-perl) perl -MNet::SSLeay -e 1 ;;
        libdigest-hmac-perl) perl -MDigest::HMAC_MD5 -e 1 ;;
        *) command -v "$1" ;;
    esac
} >/dev/null 2>&1

# compile_plugin FOLDER: builds the plugin without its tests. Needs $root and $SCRATCH.
compile_plugin() {
    local folder=$1 log=$SCRATCH/build.log
    {
        # shellcheck disable=SC2154 # set by those who source this
        cmake -S "$root" -B "$folder" -G Ninja && cmake --build "$folder"
    } >"$log" 2>&1 </dev/null || {
        cat "$log" >&2
        die "the plugin does not build; the compiler's words are above"
    }
}

# Says how much will be fetched for these packages, and what room they take. Each apt has words of its own,
# and tells nobody but root. Needs the array sudo.
say_size() {
    local size
    size=$("${sudo[@]}" env LC_ALL=C apt-get -q --assume-no --no-install-recommends install "$@" \
        2>/dev/null </dev/null |
        sed -nE 's/^(Need to get|After this operation,) ([0-9.,]+ [kMG]?B).*/\2/p
            s/^ *(Download size|Space needed): ([0-9.,]+ [kMG]?B).*/\2/p' | paste -sd' ' || true)
    [[ ! $size =~ ^([^ ]+ [^ ]+)\ ([^ ]+ [^ ]+)$ ]] ||
        say "${BASH_REMATCH[1]} to fetch, ${BASH_REMATCH[2]} on the disk"
}

# Installs those of the named packages that are missing. Needs $SCRATCH.
install_packages() {
    local package missing=() sudo=() log=$SCRATCH/apt.log
    for package; do
        has "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null ||
        die "there is no apt here; install what these Debian packages hold: ${missing[*]}"
    if ((EUID != 0)); then
        sudo=(sudo)
        { command -v sudo >/dev/null && sudo -v </dev/null; } ||
            die "packages are missing, and only root can install them; as root, run: apt-get update &&" \
                "apt-get install --no-install-recommends ${missing[*]}"
    fi
    say "Installing ${missing[*]}"
    # The lists may be old or absent; if they can't be had, what is there may still do.
    "${sudo[@]}" apt-get -q update </dev/null >"$log" 2>&1 || true
    say_size "${missing[@]}"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${missing[@]}" </dev/null >>"$log" 2>&1 || {
        cat "$log" >&2
        die "apt-get could not install: ${missing[*]}"
    }
}
