#!/bin/sh
# Encrypts a secret with a key of this WildFly and prints the expression that stands for it:
#   encrypt.sh < file | secret.sh set webhook/zorio/secret
# Only this server resolves it; standalone.xml holds the expression, webhook.cs the key.
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
umask 077
commands=$(mktemp)
trap 'rm -f "$commands"' EXIT
value=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g')
cat > "$commands" << END
if (outcome != success) of /subsystem=elytron/secret-key-credential-store=webhook:read-resource
  /subsystem=elytron/secret-key-credential-store=webhook:add(path=webhook.cs,relative-to=jboss.server.config.dir)
end-if
if (outcome != success) of /subsystem=elytron/expression=encryption:read-resource
  /subsystem=elytron/expression=encryption:add(resolvers=[{name=webhook,credential-store=webhook,secret-key=key}],default-resolver=webhook)
end-if
/subsystem=elytron/expression=encryption:create-expression(resolver=webhook,clear-text="$value")
END
answers=$(${JBOSS_CLI:-jboss-cli.sh --connect} --file="$commands" 2>&1) || { printf '%s\n' "$answers" >&2; exit 1; }
printf '%s\n' "$answers" | sed -n 's/.*"\(${ENC::[^"]*}\)".*/\1/p'
