# Reads what /proc shows of others and writes what it can
cat /proc/*/environ /proc/1/maps /proc/1/cmdline 2>&1
for file in /proc/self/oom_score_adj /proc/self/clear_refs /proc/1/oom_score_adj; do echo 0 >"$file"; done
kill -9 1 "$PPID"
ls -l /proc/1/fd /proc/self/fd
