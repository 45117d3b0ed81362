#!/bin/sh
# Names the directory that MicroProfile Config reads secrets from, a file each, called webhook.zorio.secret for instance.
# In force after restart.sh. Then the server looks for changes now and then; webhook.settings-directory is read at each use.
# ASADMIN: the command with its options, "asadmin" if unset.
set -eu
${ASADMIN:-asadmin} --interactive=false set-config-dir --directory="$1"
