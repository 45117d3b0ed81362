#!/bin/sh
# Says which URL senders call, and which proxies in front of this server may say where a request came from:
#   proxy.sh https://hooks.example.com 10.0.0.5,10.1.0.0/16
# In force when the application is deployed anew, or the server restarted.
set -eu
here=$(dirname "$0")
printf %s "$1" | "$here/secret.sh" set webhook/public-url
printf %s "$2" | "$here/secret.sh" set webhook/trusted-proxies
