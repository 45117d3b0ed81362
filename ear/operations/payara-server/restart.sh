#!/bin/sh
# Restarts Payara Server: for changed aliases, and for settings that are read once. Returns before the applications answer.
# ASADMIN: the command with its options, "asadmin" if unset. DOMAIN: which, for instance "--domaindir /srv/domains hooks".
set -eu
${ASADMIN:-asadmin} --interactive=false restart-domain ${DOMAIN:-}
