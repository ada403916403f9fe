#!/bin/sh
# The guest's only permanent program: a read-only system with udev and a network of two machines, and then the agent that does what the
# host asks. `rig.mounts=DISK:PLACE:ro,…` on the kernel's line names further disks.
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
for folder in /run /tmp /var; do mount -t tmpfs -o mode=0755 tmpfs "$folder"; done
chmod 1777 /tmp
mkdir -p /run/lock /run/udev/rules.d /var/lib /var/log /dev/pts /dev/shm
mount -t devpts -o gid=101,mode=620 devpts /dev/pts
mount -t tmpfs shm /dev/shm
hostname suretill-rig
for word in $(cat /proc/cmdline); do
  case "$word" in
    rig.mounts=*)
      for one in $(echo "${word#rig.mounts=}" | tr , ' '); do
        disk=${one%%:*} rest=${one#*:}
        mkdir -p "${rest%:*}"
        mount -t ext4 -o "${rest##*:}" "/dev/$disk" "${rest%:*}"
      done
      ;;
  esac
done
/usr/lib/systemd/systemd-udevd --daemon
udevadm trigger --type=subsystems --action=add
udevadm trigger --type=devices --action=add
udevadm settle --timeout=60
ip link set lo up
# Where QEMU's own network expects the guest, and where the host is.
card=$(ls /sys/class/net | grep -v lo | head -n 1)
ip address add 10.0.2.15/24 dev "$card" && ip link set "$card" up && ip route add default via 10.0.2.2
exec sh /rig/agent
