#!/bin/bash
# Lets MariaDB answer as the official mysql image would, as far as a database of ours asks it to: the data are where
# `--datadir` says, they are made when there are none (refused where other files lie), and the server listens everywhere.
# What the image of MariaDB has in this place knows one data folder alone, and its server no `--secure-file-priv=NULL`.
set -euo pipefail
[ "${1:-}" = mysqld ] || exec "$@"
shift

data=/var/lib/mysql
arguments=()
for argument; do
  case $argument in
    --secure-file-priv=NULL) continue ;;
    --datadir=*) data=${argument#*=} ;;
  esac
  arguments+=("$argument")
done

make_data() {
  mkdir -p "$data"
  [ -z "$(ls -A "$data")" ] || { echo "$data is not empty" >&2; exit 1; }
  mariadb-install-db --datadir="$data" --skip-test-db --auth-root-authentication-method=normal >/dev/null
}

make_users() {
  local socket=/var/run/mysqld/first-start.sock server
  mariadbd "${arguments[@]}" --skip-networking --socket="$socket" &
  server=$!
  for _ in $(seq 120); do
    if mariadb-admin --socket="$socket" --user=root ping >/dev/null 2>&1; then break; fi
    sleep 0.5
  done
  mariadb --socket="$socket" --user=root <<SQL
CREATE DATABASE \`$MYSQL_DATABASE\`;
CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';
GRANT ALL ON \`$MYSQL_DATABASE\`.* TO '$MYSQL_USER'@'%';
CREATE USER root@'%' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
ALTER USER root@localhost IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
SQL
  kill "$server"
  wait "$server"
}

if [ ! -d "$data/mysql" ]; then
  make_data
  make_users
fi
exec mariadbd "${arguments[@]}" --bind-address=0.0.0.0
