# For the scripts beside it that work on the pages of a running demo; sourced, after the checkout is the working directory.
# Needs: what (name of the script), tool (npm package with version), base (address). Gives: work, with the tool installed in it.

fail() { echo "$what: $1" >&2; exit 2; }

need() {
    for command in "$@"; do
        command -v "$command" > /dev/null || fail "The command $command is missing; install it."
    done
}

need node npm
[[ $base =~ ^http://(localhost|127\.0\.0\.1)(:[0-9]+)?/?$ ]] || fail "Only a demo on this machine is looked at, not '$base'."
base=${base%/}
node -e "fetch('$base/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))" || fail "Nothing answers at $base; start the demo with mvn mn:run."
work=$PWD/target/$what
if [ ! -f "$work/$tool" ]; then
    mkdir -p "$work"
    npm install --prefix "$work" --no-audit --no-fund --no-save --ignore-scripts --loglevel=error "$tool" > /dev/null || fail "npm could not install $tool."
    touch "$work/$tool"
fi

# The installed Chromium, for what drives one.
need_chromium() {
    for chrome in chromium chromium-browser google-chrome; do
        command -v "$chrome" > /dev/null && export CHROME_PATH=${CHROME_PATH:-$(command -v "$chrome")}
    done
    [ -n "${CHROME_PATH:-}" ] || fail "No Chromium found; infra/bin/setup installs one."
}
