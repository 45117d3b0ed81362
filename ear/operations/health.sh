#!/bin/sh
# Ends with status 0 if the application is deployed and answers. Its database is not asked: without it, deliveries get 503.
#   health.sh http://127.0.0.1:8080
exec curl --fail --silent --show-error --max-time 10 --output /dev/null "$1/ready"
