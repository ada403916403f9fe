#!/bin/busybox sh
# First program of the guest: loads what the root disk needs, mounts it read-only and hands over.
/bin/busybox mkdir -p /proc /dev /root
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t devtmpfs dev /dev
while read -r module; do /bin/busybox insmod "/modules/$module"; done < /modules/order
waited=0
until [ -b /dev/vda ] || [ "$waited" -ge 100 ]; do
  /bin/busybox usleep 50000
  waited=$((waited + 1))
done
/bin/busybox mount -t ext4 -o ro,noload /dev/vda /root || exec /bin/busybox sh
/bin/busybox mount --move /dev /root/dev
/bin/busybox umount /proc
exec /bin/busybox switch_root /root /rig/init
