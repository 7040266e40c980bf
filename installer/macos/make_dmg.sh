#!/bin/sh
# make_dmg.sh APP TARGET: the disk image. Signs when LIGHTBOX_SIGN_IDENTITY names a "Developer ID Application", and
# notarises when LIGHTBOX_NOTARY_PROFILE names a keychain profile of `notarytool store-credentials`. Neither is stored here.
set -eu
app=$1
target=$2
here=$(cd "$(dirname "$0")" && pwd)

if [ -n "${LIGHTBOX_SIGN_IDENTITY:-}" ]; then
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
        xargs -0 -n 20 codesign --force --timestamp --options runtime --sign "$LIGHTBOX_SIGN_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$LIGHTBOX_SIGN_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "LIGHTBOX_SIGN_IDENTITY is not set: the application is not signed, and Gatekeeper will ask."
fi

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
rm -f "$target"
hdiutil create -volname Lightbox -srcfolder "$staging" -fs HFS+ -format UDZO -quiet "$target"

if [ -n "${LIGHTBOX_SIGN_IDENTITY:-}" ] && [ -n "${LIGHTBOX_NOTARY_PROFILE:-}" ]; then
    codesign --force --timestamp --sign "$LIGHTBOX_SIGN_IDENTITY" "$target"
    xcrun notarytool submit "$target" --keychain-profile "$LIGHTBOX_NOTARY_PROFILE" --wait
    xcrun stapler staple "$target"
fi
