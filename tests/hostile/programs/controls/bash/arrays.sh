#!/bin/bash
# Arrays, functions, here-documents, process substitution, a trap, a pipeline in the background.
set -euo pipefail
trap 'echo done >&2' EXIT
declare -A factor=([a]=7919 [b]=104729)
times() { local -n one=$1; echo $((one * ${factor[$1]})); }
read -r a b
mapfile -t parts < <(times a; times b)
{ sleep 0.01; } &
total=0
for part in "${parts[@]}"; do ((total += part)) || true; done
wait
cat > note <<< "$total"
awk -v n="$(< note)" 'BEGIN { printf "%d\n", n % 1000003 }'
