#!/bin/sh
# Takes commands from the host, one a line: number and script, the script in base64. Answers with number, exit code, output and errors.
exec 3<> /dev/virtio-ports/agent
coded() {
  if [ -s "$1" ]; then base64 "$1" | tr -d '\n'; else printf -- -; fi
}
echo "0 0 - -" >&3
while read -r number script <&3; do
  printf %s "$script" | base64 -d > /run/command
  sh /run/command > /run/out 2> /run/err < /dev/null 3>&-
  code=$?
  echo "$number $code $(coded /run/out) $(coded /run/err)" >&3
done
# The host has gone.
poweroff -f
