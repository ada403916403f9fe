#!/bin/sh
# How RAUC asks and tells the boot loader (RAUC 1.8 reference, "Custom Bootloader Backend"): the other side of loader.sh.
case $1 in
  get-primary) cat /data/primary ;;
  # A root that is new has two starts in which to be marked good.
  set-primary) echo 2 > "/data/tries.$2" && echo "$2" > /data/primary ;;
  get-state) cat "/data/state.$2" ;;
  set-state) echo "$3" > "/data/state.$2" ;;
  *) exit 1 ;;
esac
sync
