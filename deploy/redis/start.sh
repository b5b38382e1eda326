#!/bin/sh
# Start Redis with one user, limited to the keys and commands that adjudge and RQ need.
# Reads the password from the file named by REDIS_PASSWORD_FILE; writes the ACL to a tmpfs.
set -eu
password=$(cat "${REDIS_PASSWORD_FILE:?}")
[ -n "$password" ] || { echo "start.sh: $REDIS_PASSWORD_FILE is empty; write a password into it" >&2; exit 1; }
umask 077
cat >/run/redis/users.acl <<ACL
user default off
user adjudge on >$password resetkeys ~rq:* ~adjudge:* resetchannels &rq:* +@all -@admin -@dangerous +info
ACL
exec redis-server --aclfile /run/redis/users.acl --dir /data --appendonly yes --appendfsync everysec \
  --maxmemory "${REDIS_MAXMEMORY:-1gb}" --maxmemory-policy noeviction --protected-mode no --save ""
