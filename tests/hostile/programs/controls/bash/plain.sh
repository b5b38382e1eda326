# Arithmetic of the shell
read -r a b
printf '%d\n' "$(((a * 7919 + b * 104729) % 1000003))"
