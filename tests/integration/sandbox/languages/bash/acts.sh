read -r what numbers
deep() { if (($1)); then deep $(($1 - 1)) "$2"; else echo "$2"; fi; }

case $what in
sum)
    mapfile -t all < <(tr ' ' '\n' <<<"$numbers")
    total=0
    for n in "${all[@]}"; do ((total += n)); done
    echo "$total"
    ;;
exit)
    echo before
    exit 7
    ;;
fail) set -u; echo "$nothing" ;;
loop) while :; do :; done ;;
memory)
    while :; do
        printf -v more '%*s' 10000000 ''
        held+=$more
    done
    ;;
spawn)
    sh -c 'while :; do sleep 60 >/dev/null & echo; done' 2>/dev/null | wc -l
    ;;
flood) yes ;;
secret)
    for path in /etc/passwd /etc/shadow /root/.ssh /proc/1/environ; do
        [[ -e $path ]] && echo "$path" && exit
    done
    echo refused
    ;;
connect)
    if (exec 3<>/dev/tcp/127.0.0.1/80) 2>/dev/null; then echo connected; else echo refused; fi
    ;;
leave)
    setsid sleep 60 &
    echo left
    ;;
file)
    if [[ -e note ]]; then echo found; else echo fresh; fi
    touch note
    ;;
deep) deep 1000 20000 ;;
esac
