#!/bin/sh
# Starts Payara Micro with the sample, at the root. Further options come after: --sslport 8443, for instance.
#   ZORIO_SECRET=... JAVA_OPTS=-Dwebhook.settings-directory=/run/secrets/webhook start.sh payara-micro.jar verified-webhook-sample.war
# To rotate, change the files of that directory: they count within 5 seconds, and all else at the next start. What
# postboot.asadmin binds outranks them: a secret that is to rotate must not stand there.
set -eu
jar=$1
war=$2
shift 2
exec java ${JAVA_OPTS:-} -jar "$jar" --nohazelcast --deploy "$war" \
  --postbootcommandfile "$(dirname "$0")/postboot.asadmin" "$@"
