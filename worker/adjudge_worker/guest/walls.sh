# Tries what walls.py cannot: a program that sees processes must see its own alone, and write none.
# Standard input names a port on loopback; what got through is printed, a line for each.
read -r port
for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    [[ $pid == "$$" ]] || echo "process $pid can be seen"
done
for pid in 1 "$PPID"; do
    for name in environ maps mem; do
        { : <"/proc/$pid/$name"; } 2>/dev/null && echo "/proc/$pid/$name can be opened"
    done
done
for file in /proc/self/oom_score_adj /proc/self/comm /proc/sys/kernel/core_pattern; do
    { : >>"$file"; } 2>/dev/null && echo "$file can be written"
done
{ exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null && echo "connected to the slot on loopback"
exit 0
