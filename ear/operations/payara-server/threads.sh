#!/bin/sh
# Lets Payara Server handle more requests at once than its default of 5: while a database is silent, each request holds a
# thread for some seconds, and all others would wait behind.
#   threads.sh 200
# In force after restart.sh.
# ASADMIN: the command with its options, "asadmin" if unset.
set -eu
${ASADMIN:-asadmin} --interactive=false set \
  "configs.config.server-config.thread-pools.thread-pool.http-thread-pool.max-thread-pool-size=$1"
