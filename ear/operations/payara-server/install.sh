#!/bin/sh
# Installs the EAR, or the WAR, on a running Payara Server, at the root, or anew:
#   install.sh verified-webhook.ear
# ASADMIN: the command with its options, "asadmin" if unset.
set -eu
${ASADMIN:-asadmin} --interactive=false deploy --force=true "$1"
