#!/bin/sh
# Removes what install.sh put there. Studies, settings and caches of the user stay; their places are named at the end.
set -eu
target=$(cd "$(dirname "$0")" && pwd)
[ "$(basename "$target")" = lightbox ] && [ -x "$target/lightbox" ] || { echo "This is no installed Lightbox." >&2; exit 1; }
prefix=$(dirname "$(dirname "$target")")
rm -f "$prefix/bin/lightbox" "$prefix/share/applications/lightbox.desktop" \
    "$prefix/share/icons/hicolor/scalable/apps/lightbox.svg" "$prefix/share/man/man1/lightbox.1.gz"
rm -rf "$target"
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$prefix/share/applications" || true
echo "Lightbox is removed. Your own data stay in ~/.local/share/lightbox, ~/.config/lightbox, ~/.local/state/lightbox"
echo "and ~/.cache/lightbox."
