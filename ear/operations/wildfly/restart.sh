#!/bin/sh
# Reloads WildFly: for changed files of the secrets directory, for settings that are read once, and where a script says that
# something is not in force before. A changed environment variable needs a new process instead.
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
${JBOSS_CLI:-jboss-cli.sh --connect} ':reload(start-mode=normal)'
