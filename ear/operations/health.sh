#!/bin/sh
# Ends with status 0 if the application is ready: it can ask its database.
#   health.sh http://127.0.0.1:8080
exec curl --fail --silent --show-error --max-time 10 --output /dev/null "$1/ready"
