# Pipes of sort, sed, awk, tr, xargs and cut, /dev/stdin and printf; no shebang.
tr ' ' '\n' < /dev/stdin | sed 's/^0*//' | awk '{ n[NR] = $1 } END { printf "%.0f %.0f\n", n[1] * 7919, n[2] * 104729 }' |
    tee >(sort -n > /dev/null) | xargs printf '%s+%s\n' | { IFS=+ read -r x y; printf '%d' $(( (x + y) % 1000003 )); }
