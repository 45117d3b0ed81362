#!/bin/sh
# Reloads WildFly: for changed files of the secrets directory, for settings that are read once, and where a script says that
# something is not in force before. A changed environment variable needs a new process instead. Returns when it runs again.
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
# The command, not the operation ":reload", which may lose its connection before it has its answer, and fail.
${JBOSS_CLI:-jboss-cli.sh --connect} 'reload --start-mode=normal'
