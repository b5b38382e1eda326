# Text in variables, files, links and jobs, until something gives way.
trap '' TERM HUP INT PIPE XCPU XFSZ
yes filler > filler & yes > /dev/shm/filler &
for i in {1..20000}; do : > "f$i"; ln "f$i" "l$i"; done 2> /dev/null &
x=$(head -c 1000000 /dev/zero | tr '\0' x)
while :; do x+=$x; sleep 1000 & disown; done
