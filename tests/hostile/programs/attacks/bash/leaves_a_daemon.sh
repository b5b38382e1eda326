# Leaves a burning daemon that holds the output open
setsid bash -c 'while :; do echo 547402; done' &
disown
exit 0
