/** After the first installation: the terminal's own user, its data folder, and the service manager told. What a machine lacks is left out. */
import { spawnSync } from 'node:child_process'

type Command = readonly [string, ...string[]]

/** Each group is tried in order until one succeeds. As root on the machine itself; never with a staging folder. */
const GROUPS: readonly (readonly Command[])[] = [
  [
    ['systemd-sysusers', '/opt/suretill/current/system/sysusers.conf'],
    [
      'sh',
      '-c',
      'getent group pos >/dev/null || groupadd --system pos; id suretill >/dev/null 2>&1 || useradd --system --home-dir /var/lib/suretill --no-create-home --shell /usr/sbin/nologin --groups pos suretill',
    ],
  ],
  [['chown', 'suretill:suretill', '/var/lib/suretill']],
  [['chgrp', 'suretill', '/etc/suretill']],
]
/** Each for itself; a machine without the tool has nothing to be told. */
const TOLD: readonly Command[] = [
  ['systemctl', 'daemon-reload'],
  ['systemctl', 'restart', 'systemd-modules-load'],
  ['udevadm', 'control', '--reload'],
  ['udevadm', 'trigger'],
]

/** The first words of each step that could not be done. */
export function makeOwnUser(): readonly string[] {
  const failed = GROUPS.filter((ways) => !ways.some(succeeds)).map(([way]) => way?.[0] ?? '')
  for (const command of TOLD) succeeds(command)
  return failed
}

function succeeds([program, ...args]: Command): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
