#!/bin/sh
# Names a directory that MicroProfile Config reads secrets from, a file each, called webhook.zorio.secret for instance.
# WildFly reads it at its start and at a reload; webhook.settings-directory is read at each use.
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
${JBOSS_CLI:-jboss-cli.sh --connect} \
  "/subsystem=microprofile-config-smallrye/config-source=webhook:add(dir={path=\"$1\"})"
