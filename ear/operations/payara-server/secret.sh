#!/bin/sh
# Sets or removes a secret, or another setting, of a running Payara Server by its JNDI name, without a restart:
#   secret.sh set webhook/zorio/secret < file
#   secret.sh remove webhook/zorio/secret
# The value comes from standard input, so that no list of processes shows it; a line feed at its end is left out.
# It may be a reference: ${ENV=NAME}, ${ALIAS=NAME}, ${MPCONFIG=NAME}.
# ASADMIN: the command with its options, "asadmin" if unset.
set -eu
umask 077
commands=$(mktemp)
trap 'rm -f "$commands"' EXIT

case $1 in
  set)
    done='Command set executed successfully'
    # "create" wants = and : escaped, and fails where the name is there already; "set" takes them as they are.
    value=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g')
    escaped=$(printf '%s\n' "$value" | sed -e 's/[=:]/\\&/g')
    printf 'create-custom-resource --restype java.lang.String --factoryclass %s --property "value=%s" %s\n' \
      org.glassfish.resources.custom.factory.PrimitivesAndStringFactory "$escaped" "$2" > "$commands"
    printf 'set "resources.custom-resource.%s.property.value=%s"\n' "$2" "$value" >> "$commands"
    ;;
  remove)
    done='Command delete-custom-resource executed successfully'
    printf 'delete-custom-resource %s\n' "$2" > "$commands"
    ;;
  *)
    echo "usage: secret.sh set|remove NAME" >&2
    exit 2
    ;;
esac

# The status of several commands says nothing about one of them.
answers=$(${ASADMIN:-asadmin} --interactive=false multimode --file "$commands" 2>&1) || :
case $answers in
  *"$done"*) echo "$2: $1, counts within 5 seconds" ;;
  *) printf '%s\n' "$answers" >&2; exit 1 ;;
esac
