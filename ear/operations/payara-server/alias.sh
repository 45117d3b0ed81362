#!/bin/sh
# Creates or changes a password alias of a running Payara Server; the value comes from standard input:
#   alias.sh zorio-secret < file
#   echo '${ALIAS=zorio-secret}' | secret.sh set webhook/zorio/secret
# What refers to a changed alias keeps the old value until the server is restarted (asadmin restart-domain).
# ASADMIN: the command with its options, "asadmin" if unset.
set -eu
umask 077
file=$(mktemp)
trap 'rm -f "$file"' EXIT
# A backslash would begin an escape.
value=$(sed -e 's/\\/\\\\/g')
printf 'AS_ADMIN_ALIASPASSWORD=%s\n' "$value" > "$file"
${ASADMIN:-asadmin} --interactive=false --passwordfile "$file" create-password-alias "$1" > /dev/null 2>&1 \
  || ${ASADMIN:-asadmin} --interactive=false --passwordfile "$file" update-password-alias "$1"
