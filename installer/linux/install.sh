#!/bin/sh
# Installs Lightbox for this user, without root:  ./install.sh [--prefix DIR] [--quiet] [--downgrade]
# The program goes to DIR/lib/lightbox and its command to DIR/bin (DIR is ~/.local if not given).
# The new files are put beside the old ones and swapped by a rename. Not under a running program: it reads parts of
# itself when it needs them first, and they would be those of another version.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
prefix=${HOME:?}/.local
quiet=
downgrade=
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) prefix=${2:?"--prefix needs a folder"}; shift 2 ;;
        --quiet) quiet=1; shift ;;
        --downgrade) downgrade=1; shift ;;
        *) echo "usage: install.sh [--prefix DIR] [--quiet] [--downgrade]" >&2; exit 2 ;;
    esac
done
say() { [ -n "$quiet" ] || echo "$@"; }
fail() { echo "Lightbox was not installed: $*" >&2; exit 1; }

target=$prefix/lib/lightbox
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share" 2>/dev/null || fail "$prefix cannot be written."
if [ -x "$target/lightbox" ]; then
    program=$(cd "$target" && pwd -P)/lightbox
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/exe" 2>/dev/null)" != "$program" ] || fail "it is running (process ${process#/proc/}). Close it, then try again."
    done
    offered=$("$here/program/lightbox" --version | cut -d " " -f 2)
    installed=$("$target/lightbox" --version 2>/dev/null | cut -d " " -f 2) || installed=
    newest=$(printf '%s\n' "$installed" "$offered" | sort -V | tail -n 1)
    [ -n "$downgrade" ] || [ "$newest" = "$offered" ] ||
        fail "version $installed is there, which is newer than $offered. Say --downgrade to put the older one in its place."
fi
needed=$(du -sk "$here/program" | cut -f1)
free=$(df -Pk "$prefix" | awk 'NR == 2 { print $4 }')
[ "$free" -gt "$needed" ] || fail "it needs $((needed / 1024)) MB in $prefix, and $((free / 1024)) MB are free."

new=$target.new.$$
trap 'rm -rf "$new"' EXIT
cp -R "$here/program" "$new" || fail "the files could not be copied to $prefix."
"$new/lightbox" --version >/dev/null || fail "the copied program does not start on this system."
old=
if [ -e "$target" ]; then
    old=$target.old.$$
    mv "$target" "$old"
fi
mv "$new" "$target"
trap - EXIT
[ -z "$old" ] || rm -rf "$old"
ln -sf "$target/lightbox" "$prefix/bin/lightbox"
cp -R "$here/share/." "$prefix/share/"
sed -i "s|^Exec=lightbox|Exec=\"$target/lightbox\"|" "$prefix/share/applications/lightbox.desktop"
cp "$here/uninstall.sh" "$target/uninstall.sh"
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$prefix/share/applications" || true
say "Lightbox is installed: $prefix/bin/lightbox"
say "To remove it: $target/uninstall.sh"
