#!/bin/sh
# Installs the EAR on a running WildFly, at the root, or anew:
#   install.sh verified-webhook.ear
# (The WAR alone would have its file's name as its context root: call it ROOT.war.)
# The server is suspended meanwhile: what is under way ends first, what comes is answered 503, which senders send again.
# It is resumed in any case; should this be killed, or lose its connection: jboss-cli.sh --connect :resume
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
cli=${JBOSS_CLI:-jboss-cli.sh --connect}
trap '$cli :resume; exit 1' HUP INT TERM
$cli --commands="try,:suspend(suspend-timeout=10),deploy --force \"$1\",finally,:resume,end-try"
