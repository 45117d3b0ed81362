#!/bin/sh
# Points the JPA store to PostgreSQL; the password comes from standard input:
#   postgresql.sh jdbc:postgresql://db.example.com:5432/webhook webhook < file
# In force when the application is deployed anew, or the server restarted.
set -eu
here=$(dirname "$0")
"$here/secret.sh" set webhook/jpa/password
printf %s "$2" | "$here/secret.sh" set webhook/jpa/user
printf %s "$1" | "$here/secret.sh" set webhook/jpa/url
