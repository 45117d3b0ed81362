#!/bin/sh
# Installs the EAR on a running WildFly, at the root, or anew:
#   install.sh verified-webhook.ear
# (The WAR alone would have its file's name as its context root: call it ROOT.war.)
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
${JBOSS_CLI:-jboss-cli.sh --connect} "deploy --force \"$1\""
