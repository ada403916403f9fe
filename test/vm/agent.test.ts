/** The line to a guest, with a shell of this machine behind it that speaks as the guest's agent does. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openAgent } from '../../scripts/rig-vm/agent.ts'

const open: Socket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
})

/** Two ends of one line. */
async function line(): Promise<{ readonly host: Socket; readonly guest: Socket }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const guest = connect(typeof address === 'object' && address !== null ? address.port : 0)
  const [host]: Socket[] = await once(server, 'connection')
  server.close()
  if (host === undefined) throw new Error('nobody came')
  open.push(host, guest)
  return { host, guest }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('the line to a guest', () => {
  test('the guest is up with its first word', async () => {
    const { host, guest } = await line()
    const agent = openAgent(host)
    guest.write('0 0 - -\n')
    await expect(agent.up).resolves.toBeUndefined()
  })

  test('output, errors and exit code of a script come back, whatever is in them', async () => {
    const { host, guest } = await line()
    const agent = openAgent(host)
    guest.write('0 0 - -\n')
    const ran = agent.run('echo "a b"\nexit 3')
    const [sent]: Buffer[] = await once(guest, 'data')
    const [number, script = ''] = sent?.toString().trim().split(' ') ?? []
    expect(Buffer.from(script, 'base64').toString()).toBe('echo "a b"\nexit 3')
    guest.write(`${number} 3 ${base64('a b\n稳收')} -\n`)
    await expect(ran).resolves.toEqual({ code: 3, out: 'a b\n稳收', err: '' })
  })

  test('a script under way when the power is cut is an error, and so is every later one', async () => {
    const { host, guest } = await line()
    const agent = openAgent(host)
    guest.write('0 0 - -\n')
    const ran = agent.run('sleep 1')
    guest.destroy()
    await expect(ran).rejects.toThrow('The guest has ended.')
    await expect(agent.run('true')).rejects.toThrow('The guest has ended.')
  })
})
