#!/bin/sh
# Pin what others publish: pull the images that compose and the Dockerfile name, and write to .env
# by which digest they were pulled. From then on compose takes exactly these. Run it again to bring
# them up to date. Without an argument it pins all; with one, only the image of that variable.
set -eu
cd "$(dirname "$0")/.."
only=${1-}
[ -f .env ] || { echo "Make .env first: cp .env.example .env" >&2; exit 1; }
new=$(mktemp .env.XXXXXX)
trap 'rm -f "$new"' EXIT
# Keeps who may read it.
cp -p .env "$new"
known=
for each in POSTGRES_IMAGE=postgres:18 VALKEY_IMAGE=valkey/valkey:9 PROXY_IMAGE=caddy:2 \
    PYTHON_IMAGE=python:3.13-slim; do
    name=${each%%=*} image=${each#*=}
    if [ -n "$only" ] && [ "$only" != "$name" ]; then continue; fi
    known=yes
    docker pull --quiet "$image" > /dev/null
    digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$image")
    case $digest in
        *@sha256:*) ;;
        *) echo "$image was not pulled from a registry, so it has no digest." >&2; exit 1 ;;
    esac
    grep -v "^$name=" "$new" > "$new.rest" || true
    cat "$new.rest" > "$new"
    rm -f "$new.rest"
    echo "$name=$image@${digest##*@}" >> "$new"
    echo "$name=$image@${digest##*@}"
done
[ -n "$known" ] || { echo "There is no image $only." >&2; exit 1; }
mv "$new" .env
trap - EXIT
