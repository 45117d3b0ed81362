#!/bin/sh
# Sets or removes a secret, or another setting, of a running WildFly by its JNDI name, without a reload:
#   secret.sh set webhook/zorio/secret < file
#   secret.sh remove webhook/zorio/secret
# The value comes from standard input, so that no list of processes shows it; a line feed at its end is left out.
# It may be an expression: ${env.NAME}, ${ENC::...}.
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
umask 077
commands=$(mktemp)
trap 'rm -f "$commands"' EXIT

binding="/subsystem=naming/binding=java\\:global\\/$(printf %s "$2" | sed 's|/|\\/|g')"
case $1 in
  set)
    value=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g')
    cat > "$commands" << END
if (outcome == success) of $binding:read-attribute(name=binding-type)
  $binding:rebind(binding-type=simple,type=java.lang.String,value="$value")
else
  $binding:add(binding-type=simple,type=java.lang.String,value="$value")
end-if
:read-attribute(name=server-state)
END
    ;;
  remove)
    cat > "$commands" << END
$binding:remove{allow-resource-service-restart=true}
:read-attribute(name=server-state)
END
    ;;
  *)
    echo "usage: secret.sh set|remove NAME" >&2
    exit 2
    ;;
esac

# A server that waits for a reload says "success" also to what it will do only then.
answers=$(${JBOSS_CLI:-jboss-cli.sh --connect} --file="$commands" 2>&1) || { printf '%s\n' "$answers" >&2; exit 1; }
case $answers in
  *'"result" => "running"'*) echo "$2: $1, counts within 5 seconds" ;;
  *)
    printf '%s\n' "$answers" >&2
    echo "$2: the server waits for a reload, and this is in force for certain only then: run restart.sh" >&2
    exit 1
    ;;
esac
