#!/bin/sh
# Devices on a USB bus of the guest's own kernel (dummy_hcd): the terminal sees what real ones show it, and the host plays their far
# end over lines. `gadgets make`, then `gadgets plug NAME` and `gadgets pull NAME`.
set -u
gadgets=/sys/kernel/config/usb_gadget
pids=/run/gadget

controller() {
  case "$1" in printer) echo dummy_udc.0 ;; pin-pad) echo dummy_udc.1 ;; qr-scanner) echo dummy_udc.2 ;; esac
}

node() {
  case "$1" in printer) echo /dev/g_printer0 ;; pin-pad) echo /dev/ttyGS0 ;; qr-scanner) echo /dev/hidg0 ;; esac
}

# NAME VENDOR PRODUCT FUNCTION TEXT
describe() {
  mkdir -p "$gadgets/$1/strings/0x409" "$gadgets/$1/configs/c.1" "$gadgets/$1/functions/$4"
  cd "$gadgets/$1"
  echo "$2" > idVendor
  echo "$3" > idProduct
  echo 0x0100 > bcdDevice
  echo 0x0200 > bcdUSB
  echo "RIG-$1" > strings/0x409/serialnumber
  echo SureTill-Rig > strings/0x409/manufacturer
  echo "$5" > strings/0x409/product
}

make() {
  modprobe dummy_hcd num=3 && modprobe libcomposite || exit 1
  mount -t configfs configfs /sys/kernel/config
  describe printer 0x04b8 0x0202 printer.0 "TM receipt printer"
  echo "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88IV;CLS:PRINTER;" > functions/printer.0/pnp_string
  ln -s functions/printer.0 configs/c.1
  describe pin-pad 0x0b00 0x0080 acm.0 "PIN pad"
  ln -s functions/acm.0 configs/c.1
  describe qr-scanner 0x0c2e 0x0b6a hid.0 "Scanner in HID POS mode"
  echo 0 > functions/hid.0/protocol
  echo 0 > functions/hid.0/subclass
  echo 64 > functions/hid.0/report_length
  # One page of uses, 8C; input report 2 and output report FD, 63 bytes each behind their number.
  printf '\005\214\011\002\241\001\205\002\011\022\025\000\046\377\000\165\010\225\077\201\002\205\375\011\000\225\077\221\002\300' > functions/hid.0/report_desc
  ln -s functions/hid.0 configs/c.1
}

# Carries bytes both ways between node and line.
pump() {
  exec 4<> "/dev/virtio-ports/$1" || exit 1
  [ "$1" = printer ] || exec 3<> "$(node "$1")" || exit 1
  exec < /dev/null > /dev/null 2>&1
  case "$1" in
    # A read that waits at this node shuts out every write: the printer's answer would come only with the terminal's next bytes. So
    # one program carries both ways and asks before it reads.
    printer)
      nc -f "$(node "$1")" <&4 >&4 &
      echo $! >> "$pids.$1"
      ;;
    qr-scanner)
      dd bs=64 <&3 >&4 &
      echo $! >> "$pids.$1"
      dd bs=64 iflag=fullblock <&4 >&3 &
      echo $! >> "$pids.$1"
      ;;
    pin-pad)
      stty raw -echo <&3
      cat <&3 >&4 &
      echo $! >> "$pids.$1"
      cat <&4 >&3 &
      echo $! >> "$pids.$1"
      ;;
  esac
}

opens() {
  [ -c "$1" ] && (exec 3<> "$1") 2> /dev/null
}

plug() {
  : > "$pids.$1"
  controller "$1" > "$gadgets/$1/UDC" || exit 1
  tries=0
  # Until the bus has given it its configuration the node is not there, or refuses to be opened (ENODEV).
  until [ "$(cat "/sys/class/udc/$(controller "$1")/state")" = configured ] && opens "$(node "$1")"; do
    [ "$tries" -ge 250 ] && exit 1
    usleep 20000
    tries=$((tries + 1))
  done
  pump "$1"
}

pull() {
  echo "" > "$gadgets/$1/UDC"
  kill $(cat "$pids.$1") 2> /dev/null
  true
}

"$@"
