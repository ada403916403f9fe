#!/bin/busybox sh
# Plays the boot loader of a machine with two roots. What it remembers lies on the data disk: `primary`, and for each root `state` (good,
# or bad until it was marked good) and `tries` (starts that a root which is not good has left). The primary root is started; when it is
# not good and has no start left, the other one is.
b=/bin/busybox
$b mkdir -p /proc /dev /root /data
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
while read -r module; do $b insmod "/modules/$module"; done < /modules/order
waited=0
until [ -b /dev/vde ] || [ "$waited" -ge 100 ]; do
  $b usleep 50000
  waited=$((waited + 1))
done
$b mount -t ext4 /dev/vde /data

may_start() {
  [ "$($b cat "/data/state.$1")" = good ] && return 0
  left=$($b cat "/data/tries.$1")
  [ "$left" -gt 0 ] || return 1
  echo $((left - 1)) > "/data/tries.$1"
}

first=$($b cat /data/primary)
case $first in system0) other=system1 ;; *) other=system0 ;; esac
started=none
for slot in "$first" "$other"; do
  may_start "$slot" || continue
  case $slot in system0) disk=/dev/vdb ;; *) disk=/dev/vdc ;; esac
  $b mount -t squashfs -o ro "$disk" /root && started=$slot && break
done
echo "$started" > /data/started
$b umount /data
[ "$started" = none ] && $b poweroff -f
$b mount --move /dev /root/dev
$b umount /proc
exec $b switch_root /root /rig/image
