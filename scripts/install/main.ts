/** `make install` and `make uninstall`: the terminal as a service of this machine, or below DESTDIR for a packager. */
import { parseArgs } from 'node:util'
import { install, uninstall } from './install.ts'
import { plan } from './plan.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    destdir: { type: 'string', default: '' },
    prefix: { type: 'string', default: '/usr/local' },
  },
})
const [verb] = positionals
const place = { destdir: values.destdir, prefix: values.prefix }

if (verb === 'install' && place.prefix.startsWith('/')) {
  const count = install(plan(place.prefix), place)
  console.log(`${count} files installed below ${place.destdir}${place.prefix}.`)
  if (place.destdir === '')
    console.log(`Now, as root:
  systemd-sysusers ${place.prefix}/lib/sysusers.d/suretill.conf
  systemctl restart systemd-modules-load
  udevadm control --reload && udevadm trigger
  systemctl daemon-reload
  suretill devices                  # what is plugged in, and the lines for terminal.yaml
  install -d -m 0750 -g suretill /etc/suretill    # then write /etc/suretill/terminal.yaml (begin with ${place.prefix}/lib/suretill/config/demo)
  systemctl enable --now suretill`)
} else if (verb === 'uninstall') {
  const count = uninstall(place)
  console.log(`${count} files removed. /etc/suretill and /var/lib/suretill stay.`)
} else {
  console.error('Usage: install/main.ts install|uninstall [--destdir FOLDER] [--prefix /ABSOLUTE]')
  process.exitCode = 2
}
