#!/usr/bin/env bash
# tableorder-release in a folder instead of a machine: the programs that it calls are stand-ins which write down how they were
# called. A release gets in, a damaged one does not, and one that does not get ready is taken back.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TABLEORDER_ROOT=$work/root TABLEORDER_PATIENCE=1
mkdir -p "$work/bin" "$work/bucket" "$TABLEORDER_ROOT/etc/tableorder"
etc=$TABLEORDER_ROOT/etc/tableorder
echo tableorder >"$etc/name"; echo ap-northeast-2 >"$etc/region"; echo releases >"$etc/bucket"

stand_in() { printf '#!/usr/bin/env bash\n%s\n' "$2" >"$work/bin/$1"; chmod +x "$work/bin/$1"; }
stand_in systemctl 'echo "systemctl $*" >>'"$work/log"
stand_in systemd-run 'echo "migrate ${@: -2:1}" >>'"$work/log"
stand_in nginx 'exit 0'
stand_in sleep 'exit 0'
# A release that is called broken never gets ready.
stand_in curl '[[ $(readlink '"$TABLEORDER_ROOT"'/opt/tableorder/current) != *broken* ]]'
stand_in aws 'case "$1 $2" in
  "s3 cp") name=${4#s3://releases/releases/*/}; cp '"$work"'/bucket/"$name" "$5" ;;
  "ssm get-parameters-by-path") printf "/tableorder/config/%s\t%s\n" APP_SECRET app ORIGIN_SECRET origin DATABASE_HOST db \
      DATABASE_POOL_SIZE 15 PUBLIC_ORIGINS https://a MEDIA_URL s3://b/pictures LOG_GROUP /aws/ec2/x METRICS_NAMESPACE TableOrder/dev ;;
  "secretsmanager get-secret-value") if [[ $4 == app ]]; then
      echo "{\"JWT_SECRET\":\"j\",\"JWT_SECRET_PREVIOUS\":\"\",\"DATABASE_PASSWORD\":\"p\"}"; else echo fromcloudfront; fi ;;
  *) echo "aws $*: not expected" >&2; exit 1 ;;
esac'
export PATH=$work/bin:$PATH

pack() {
    local dir=$work/pack-$1
    mkdir -p "$dir/bin"
    cp -R "$here" "$dir/host"
    echo "$1" >"$dir/RELEASE"
    echo '#!/bin/sh' >"$dir/bin/tableorder"
    tar -czf "$work/bucket/tableorder-$1.tar.gz" -C "$dir" .
    (cd "$work/bucket" && sha256sum "tableorder-$1.tar.gz" >"tableorder-$1.tar.gz.sha256")
}
current() { basename "$(readlink "$TABLEORDER_ROOT/opt/tableorder/current")"; }
release() { "$here/bin/tableorder-release" install "$1" >"$work/said" 2>&1; }
fail() { echo "FAILED: $*"; cat "$work/said" "$work/log"; exit 1; }

pack v1; pack v2; pack broken; pack damaged
echo x >>"$work/bucket/tableorder-damaged.tar.gz"

release v1 || fail "v1 is installed"
[[ $(current) == v1 ]] || fail "v1 is the present one"
[[ $(stat -c %a "$etc/tableorder.env") == 600 ]] || fail "secrets are readable by root only"
grep -q '^DATABASE_URL=postgres://tableorder:p@db:5432/tableorder?sslmode=verify-full' "$etc/tableorder.env" || fail "the database, over TLS"
grep -q '^"fromcloudfront" 1;$' "$etc/nginx/secret.map" || fail "nginx knows CloudFront"
grep -q '"region": "ap-northeast-2"' "$etc/cloudwatch-agent.json" || fail "the agent knows its region"
: >"$work/log"
release v2 || fail "v2 is installed"
[[ $(grep -n 'migrate\|restart tableorder@' "$work/log" | cut -d: -f2 | tr '\n' ,) == *v2/bin/tableorder,systemctl\ restart\ tableorder@8081.service,systemctl\ restart\ tableorder@8082.service, ]] \
    || fail "first the schema, then one process after the other"
restarts() { grep -o 'restart tableorder@[0-9]*' "$work/log" | cut -d@ -f2 | tr '\n' ' '; }
: >"$work/log"
if release broken; then fail "a release that is not ready is no success"; fi
[[ $(current) == v2 ]] || fail "the machine goes back"
[[ $(restarts) == "8081 8081 8082 " ]] || fail "the second process never saw it, and both run what ran before: $(restarts)"
grep -q 'v2 runs again' "$work/said" || fail "and says so"
if release damaged; then fail "a damaged release is refused"; fi
[[ $(current) == v2 && ! -e $TABLEORDER_ROOT/opt/tableorder/releases/damaged ]] || fail "and leaves nothing behind"
# shellcheck disable=SC2016 # a name that the shell must not read
if release '$(id)'; then fail "a name that is a command is refused"; fi
release v1 || fail "going back by hand"
[[ $(current) == v1 ]] || fail "to v1"
echo "releases get in, damaged ones do not, broken ones are taken back"
