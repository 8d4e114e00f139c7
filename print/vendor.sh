#!/bin/sh
# Fetches the font of printed reports by its lock file and copies the weights in use to vendor/.
# vendor/ is not committed; it is embedded in the program when that is built.
set -eu
cd "$(dirname "$0")"
# Nothing to do while the lock file and this script are what they were: building again needs no network.
wanted=$(cat package-lock.json vendor.sh | sha256sum)
if [ -f vendor/Inter_600SemiBold.ttf ] && [ "$(cat vendor/.noste-copied 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "print/vendor.sh: npm is missing. Install Node.js 20 or later (Debian: apt install nodejs npm)." >&2
    exit 1
fi
npm ci --silent --ignore-scripts
rm -rf vendor
mkdir vendor
for weight in 400Regular 500Medium 600SemiBold; do
    cp "node_modules/@expo-google-fonts/inter/$weight/Inter_$weight.ttf" vendor/
done
printf '%s\n' "$wanted" >vendor/.noste-copied
echo "print/vendor: Inter in three weights"
