/**
 * The image of the operating system is updated by the terminal's own command, through the real RAUC: written into the other root, tried,
 * marked good after the self-test. A power cut while it is written, a stranger's bundle and an image that does not work change nothing.
 */
import { z } from 'zod'
import type { Guest } from '../guest.ts'
import type { Suite } from '../suite.ts'
import { BUNDLES } from './image-disks.ts'
import type { ImageMachine } from './image-machine.ts'

const UPDATE = 'suretill update'
const FLAGS = '--json --config /usr/local/lib/suretill/config/demo --data /data/suretill --lang en'
/** Starts that the loader gives a root that is not good yet. */
const TRIES = 2

const statusSchema = z.object({
  slots: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      bootStatus: z.string().nullable(),
      version: z.string().nullable(),
    }),
  ),
})

/** Every case begins with a new machine; it is off afterwards. */
export async function playImageUpdates(machine: ImageMachine, suite: Suite): Promise<void> {
  await suite.case(
    'rauc-foreign',
    'an image that a stranger has signed is refused, and nothing is written',
    async () => {
      const guest = await brandNew(machine)
      const { code, out, err } = await install(guest, BUNDLES.foreign)
      if (code !== 1) throw new Error(`not refused: ${out}${err}`)
      if (!/signature|verif|certificate/i.test(out)) throw new Error(`refused, but: ${out}${err}`)
      await guest.must('cmp -s -n 1048576 /dev/vdc /dev/zero')
      return { 'booted in': guest.bootMs }
    },
  )
  await suite.case(
    'rauc-cut',
    'the power is cut while an image is written: the machine starts what ran before, and it is good',
    async () => {
      const guest = await brandNew(machine)
      const installing = install(guest, BUNDLES.works).then(
        () => 'done',
        () => 'cut',
      )
      // The agent does one thing after the other: what RAUC does is seen in the disk, not asked for.
      if (!(await machine.written())) throw new Error('nothing was written')
      await machine.powerCut()
      if ((await installing) !== 'cut') throw new Error('it was written before the power was cut')
      const after = await started(machine, 'system0')
      await expectSlots(after, { booted: 'rootfs.0', good: ['rootfs.0'] })
      return {}
    },
  )
  await suite.case(
    'rauc-update',
    'a signed image is installed, started once, passes the self-test in it, and is marked good',
    async () => {
      const guest = await brandNew(machine)
      const began = performance.now()
      await installed(guest, BUNDLES.works)
      const writing = Math.round(performance.now() - began)
      await expectSlots(guest, { booted: 'rootfs.0', good: ['rootfs.0'] })
      const after = await started(machine, 'system1')
      await expectSlots(after, { booted: 'rootfs.1', good: ['rootfs.0'] })
      await after.must('/rig/confirm')
      await expectSlots(after, { booted: 'rootfs.1', good: ['rootfs.0', 'rootfs.1'] })
      return { 'installed in': writing }
    },
  )
  await suite.case(
    'rauc-fall-back',
    'an image in which the self-test fails is started twice, is never marked good, and the one before runs again',
    async () => {
      const guest = await brandNew(machine)
      await installed(guest, BUNDLES.lacksLibrary)
      for (let tries = 0; tries < TRIES; tries += 1) {
        const trial = await started(machine, 'system1')
        const { code, out } = await trial.run('/rig/confirm')
        if (code !== 1) throw new Error(`the self-test passed without its library: ${out}`)
      }
      const back = await started(machine, 'system0')
      await back.must('/rig/confirm')
      await expectSlots(back, { booted: 'rootfs.0', good: ['rootfs.0'] })
      return {}
    },
  )
  await machine.powerCut()
}

async function brandNew(machine: ImageMachine): Promise<Guest> {
  await machine.toFactory()
  return await started(machine, 'system0')
}

/** What the loader has chosen must be this. */
async function started(machine: ImageMachine, slot: string): Promise<Guest> {
  const guest = await machine.powerOn()
  const told = (await guest.must('cat /data/started')).trim()
  if (told !== slot) throw new Error(`the loader started ${told}, not ${slot}`)
  return guest
}

function install(guest: Guest, version: string): ReturnType<Guest['run']> {
  return guest.run(`${UPDATE} image install ${FLAGS} /bundles/${version}.raucb`)
}

async function installed(guest: Guest, version: string): Promise<void> {
  const { code, out, err } = await install(guest, version)
  if (code === 0) return
  const log = await guest.run('tail -n 20 /run/rauc.log')
  throw new Error(`not installed (${code}): ${out}${err}${log.out}`)
}

async function expectSlots(
  guest: Guest,
  wanted: { readonly booted: string; readonly good: readonly string[] },
): Promise<void> {
  const told = await guest.must(`${UPDATE} image status ${FLAGS}`)
  const { slots } = statusSchema.parse(JSON.parse(told))
  const booted = slots.find(({ state }) => state === 'booted')?.name
  const good = slots.filter(({ bootStatus }) => bootStatus === 'good').map(({ name }) => name)
  const seen = { booted, good: good.toSorted() }
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    throw new Error(`wanted ${JSON.stringify(wanted)}, is ${JSON.stringify(seen)}`)
}
