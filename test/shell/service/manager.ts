/** The far end of NOTIFY_SOCKET: a datagram socket as systemd's, and what came in on it. In Perl, because Node has no such sockets. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** Of Debian's perl-base, which is on every machine. */
const PERL = '/usr/bin/perl'

export type Manager = {
  readonly socket: string
  /** Assignments in the order in which they came. */
  readonly told: () => readonly string[]
  /** Resolves when an assignment begins like this. */
  readonly until: (start: string) => Promise<void>
}

/** Takes messages without the descriptors in them: they are closed by that, which is how systemd says that it has read. */
const RECEIVER = `
use Socket; $| = 1;
socket(my $in, AF_UNIX, SOCK_DGRAM, 0) or die $!;
bind($in, pack_sockaddr_un($ARGV[0])) or die $!;
print "listening\\n";
while (defined(recv($in, my $message, 4096, 0))) { print "$message\\n"; }
`

export async function startManager(): Promise<Manager> {
  const folder = mkdtempSync(join(tmpdir(), 'notify-'))
  const socket = join(folder, 'notify')
  const told: string[] = []
  const watchers = new Set<() => void>()
  const child = spawn(PERL, ['-e', RECEIVER, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push(line)
    for (const look of watchers) look()
  })
  const until = (start: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!told.some((line) => line.startsWith(start))) return
        watchers.delete(look)
        resolve()
      }
      watchers.add(look)
      look()
    })
  await until('listening')
  return { socket, told: () => told.slice(1).filter((line) => line !== 'BARRIER=1'), until }
}
