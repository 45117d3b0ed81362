#!/bin/sh
# Lets an application's own login (Jakarta Security) work: without this, WildFly answers its right password with 500, and
# so every request with "Authorization: Basic" to that application. In force after restart.sh.
# JBOSS_CLI: the command with its options, "jboss-cli.sh --connect" if unset.
set -eu
${JBOSS_CLI:-jboss-cli.sh --connect} \
  '/subsystem=undertow/application-security-domain=other:write-attribute(name=integrated-jaspi,value=false)'
