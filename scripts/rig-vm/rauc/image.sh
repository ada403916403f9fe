#!/bin/sh
# First program of an image that RAUC installs: its bus, RAUC's service, and the agent that does what the host asks. The terminal's
# program and its data lie on disks of their own.
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
for folder in /run /tmp /var; do mount -t tmpfs -o mode=0755 tmpfs "$folder"; done
chmod 1777 /tmp
mkdir -p /run/dbus /run/rauc /run/lock
ln -s /run /var/run
modprobe virtio_pci && modprobe virtio_console && modprobe loop && modprobe dm_verity
mount -t ext4 -o ro,noload /dev/vda /usr/local
mount -t ext4 -o ro,noload /dev/vdd /bundles
mount -t ext4 /dev/vde /data
ip link set lo up
dbus-daemon --system --nopidfile
# A real loader tells the slot on the kernel's line (rauc.slot=).
rauc service --conf=/etc/rauc/system.conf --override-boot-slot="$(cat /data/started)" > /run/rauc.log 2>&1 &
# Until it is on the bus, whoever calls it makes the bus look for another one to start.
tries=0
until busctl --system call org.freedesktop.DBus / org.freedesktop.DBus NameHasOwner s de.pengutronix.rauc | grep -q true; do
  [ "$tries" -ge 300 ] && break
  usleep 100000
  tries=$((tries + 1))
done
# Without udev nobody else names the lines.
mkdir -p /dev/virtio-ports
for port in /sys/class/virtio-ports/*; do ln -s "../${port##*/}" "/dev/virtio-ports/$(cat "$port/name")"; done
exec sh /rig/agent
