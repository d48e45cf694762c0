#!/bin/sh
# usage: with-keyring.sh [--locked] COMMAND...
# Runs COMMAND on a session bus of its own, with a throw-away keyring: unlocked, or with --locked one that asks for
# a password that nobody is there to give. Neither the person's keyring nor a running session is touched, and
# nothing is left afterwards. Ends with COMMAND's own exit code.
set -eu

mode=unlocked
if [ "${1-}" = --locked ]; then
  mode=locked
  shift
fi
[ $# -gt 0 ] || { sed -n 2p "$0" >&2; exit 2; }

place=$(mktemp -d "${TMPDIR:-/tmp}/keyring-XXXXXX")
trap 'rm -rf "$place"' EXIT
# Ctrl+C reaches COMMAND by itself; we stay to clean up after it.
trap : INT TERM HUP
export XDG_DATA_HOME="$place/data" XDG_RUNTIME_DIR="$place/run"
mkdir -m 700 -p "$XDG_DATA_HOME/keyrings" "$XDG_RUNTIME_DIR"

# The bus and its daemons get no display, so that a password prompt fails at once and does not wait for ever on a
# screen that nobody sees; and no stderr (3 is the real one), since they chat.
# An empty line is an empty password; no input at all would ask for one (gnome-keyring-daemon(1)).
display=${DISPLAY-} wayland=${WAYLAND_DISPLAY-}
unset DISPLAY WAYLAND_DISPLAY
dbus-run-session -- sh -euc '
  mode=$1 display=$2 wayland=$3
  shift 3
  daemon() { gnome-keyring-daemon "$@" --components=secrets --daemonize; }
  daemon_pid() {
    dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
      org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets |
      sed "s/.* //"
  }
  # It answers on the bus a moment after it has gone to the background; a busy machine gets 20 s.
  await_daemon() {
    for _ in $(seq 400); do
      pid=$(daemon_pid)
      [ -z "$pid" ] || return 0
      sleep 0.05
    done
    echo "gnome-keyring-daemon does not answer on the session bus" >&3
    exit 1
  }
  trap "kill \$(daemon_pid) || :" EXIT
  trap : INT TERM HUP
  if [ "$mode" = locked ]; then
    # The first daemon makes the keyring with a password; the second one has only the file.
    printf "a password that nobody types\n" | daemon --unlock >/dev/null
    await_daemon
    kill "$pid"
    for _ in $(seq 100); do [ -n "$(daemon_pid)" ] || break; sleep 0.05; done
    daemon --start >/dev/null
  else
    printf "\n" | daemon --unlock >/dev/null
  fi
  await_daemon
  [ -z "$display" ] || export DISPLAY="$display"
  [ -z "$wayland" ] || export WAYLAND_DISPLAY="$wayland"
  status=0
  "$@" 2>&3 3>&- || status=$?
  exit "$status"
' sh "$mode" "$display" "$wayland" "$@" 3>&2 2>/dev/null
