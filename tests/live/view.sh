#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# view.sh PACKAGES FOLDER COMMAND...: runs a command that sees this machine with the unpacked
# packages in PACKAGES laid over it, as if they were installed. It may write where it wants: all
# but FOLDER is a layer that is thrown away. To be run in mount and PID namespaces of its own: then
# nothing is left of it and what it started when it ends, or when standard input does.

set -euo pipefail

packages=$1 folder=$2
shift 2

layers=$folder/view
mkdir -p "$layers"
mount -t tmpfs -o mode=755 tmpfs "$layers"
mkdir "$layers/work" "$layers/root"
root=$layers/root
# Copied, because a layer must not lie inside another one.
cp -a "$packages" "$layers/upper"
mount -t overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" overlay "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root$folder"
mount --bind "$folder" "$root$folder"
# This is the first process of its namespace, and its end is the end of all others.
exec 3<&0
chroot "$root" "$@" </dev/null 3<&- &
cat <&3 &
wait -n
