import { expect, test } from 'vitest'
import { bench, healthy, reachedState, ready, slip } from './bench.ts'

test('a slip counts as printed when the printer itself says so', async () => {
  const { printer, sim } = await ready()

  expect(await printer.print(slip('J001'))).toEqual({ kind: 'printed', proof: 'processId' })

  const [paper] = sim.papers()
  expect(paper?.cut).toBe(true)
  expect(paper?.text).toContain('J001 line 5')
  expect(sim.state().complaints).toEqual([])
})

test('looking for the process ID prints nothing, neither on a printer that has it nor on one without', async () => {
  const modern = await ready()
  const simple = await ready({ processId: false })

  expect(modern.sim.papers()).toEqual([])
  expect(simple.sim.papers()).toEqual([])
})

test('a printer without process ID is believed when its buffer is empty and its status stays clean', async () => {
  const { printer, sim } = await ready({ processId: false })

  expect(await printer.print(slip('J002'))).toEqual({ kind: 'printed', proof: 'barrier' })
  expect(sim.papers()[0]?.text).toContain('J002 line 5')
})

test('a printer without process ID whose paper ends after the last bytes were taken is not believed', async () => {
  const { printer, sim } = await ready({ processId: false })
  sim.runOutAfterLines(5)

  expect(await printer.print(slip('J003', 5))).toEqual({ kind: 'interrupted', trouble: 'paperOut' })
})

test('two slips come out one after the other, in the order asked', async () => {
  const { printer, sim } = await ready()

  const both = await Promise.all([printer.print(slip('J004')), printer.print(slip('J005'))])

  expect(both.map(({ kind }) => kind)).toEqual(['printed', 'printed'])
  expect(sim.papers().map(({ text }) => text.split('\n')[0])).toEqual([
    'J004 line 1',
    'J005 line 1',
  ])
})

test('paper out before the slip: nothing is sent', async () => {
  const { printer, sim } = await ready()
  sim.setPaper('out')

  expect(await printer.print(slip('J006'))).toEqual({ kind: 'notStarted', trouble: 'paperOut' })
  expect(sim.papers()).toEqual([])
})

test('paper out at line 3: interrupted, and new paper does not bring the old half', async () => {
  const { printer, sim } = await ready()
  sim.runOutAfterLines(3)

  expect(await printer.print(slip('J007', 10))).toEqual({
    kind: 'interrupted',
    trouble: 'paperOut',
  })
  expect(printer.health.troubles).toEqual(['paperOut'])

  sim.tearOff()
  sim.setPaper('ok')
  await healthy(printer, ({ troubles }) => troubles.length === 0)
  expect(await printer.print(slip('J008', 2))).toEqual({ kind: 'printed', proof: 'processId' })

  const papers = sim.papers()
  expect(papers.map(({ cut }) => cut)).toEqual([false, true])
  expect(papers[0]?.text).toBe('J007 line 1\nJ007 line 2\nJ007 line 3')
  expect(papers[1]?.text).toBe('J008 line 1\nJ008 line 2')
})

test('the cover is opened while the slip prints: interrupted, raised and cleared', async () => {
  const { printer, sim } = await ready({ linesPerSecond: 50 })
  const printing = printer.print(slip('J009', 100))
  await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)

  sim.setCover('open')

  expect(await printing).toEqual({ kind: 'interrupted', trouble: 'coverOpen' })
  expect(printer.health.troubles).toEqual(['coverOpen'])
  sim.setCover('closed')
  expect((await healthy(printer, ({ troubles }) => troubles.length === 0)).troubles).toEqual([])
})

test('a jammed cutter interrupts the slip and heals once it is freed', async () => {
  const { printer, sim } = await ready()
  sim.setCutterJam(true)

  expect(await printer.print(slip('J010'))).toEqual({
    kind: 'interrupted',
    trouble: 'cutterJammed',
  })

  sim.setCutterJam(false)
  await healthy(printer, ({ troubles }) => troubles.length === 0)
  expect((await printer.print(slip('J011'))).kind).toBe('printed')
})

test('a hot head only delays the slip', async () => {
  const { printer, sim } = await ready({ linesPerSecond: 100 })
  const printing = printer.print(slip('J012', 30))
  await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)
  sim.setHeadHot(true)
  await healthy(printer, ({ troubles }) => troubles.includes('headHot'))

  sim.setHeadHot(false)

  expect(await printing).toEqual({ kind: 'printed', proof: 'processId' })
})

test('the cable is pulled and put back while the slip prints: the rest of it is dropped, the next slip is whole', async () => {
  const { printer, sim } = await ready({ linesPerSecond: 50 })
  const printing = printer.print(slip('J013', 200))
  await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)
  sim.unplug()
  expect(await printing).toEqual({ kind: 'unsure' })

  sim.plug()
  await healthy(printer, ({ identity }) => identity !== undefined)
  sim.tearOff()

  expect((await printer.print(slip('J014', 1))).kind).toBe('printed')
  expect(sim.papers().at(-1)?.text).toBe('J014 line 1')
  expect(sim.papers()[0]?.text).not.toContain('J013 line 200')
})

test('while the cable is out nothing is started', async () => {
  const { printer, sim } = await ready({ linesPerSecond: 50 })
  const printing = printer.print(slip('J015', 100))
  await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)

  sim.unplug()

  expect(await printing).toEqual({ kind: 'unsure' })
  expect(await printer.print(slip('J016'))).toEqual({ kind: 'notStarted', trouble: 'gone' })
})

test('a printer that is switched off is silent, not gone, and heals when it is switched on', async () => {
  const { printer, sim } = await ready()
  sim.setPower('off')

  expect(await printer.print(slip('J017'))).toEqual({ kind: 'notStarted', trouble: 'noAnswer' })
  expect(printer.health.troubles).toEqual(['noAnswer'])

  sim.setPower('on')
  await healthy(printer, ({ troubles }) => troubles.length === 0)
  expect(await printer.print(slip('J018'))).toEqual({ kind: 'printed', proof: 'processId' })
})

test('paper that ends soon is told without stopping anything', async () => {
  const { printer, sim } = await ready()
  sim.setPaper('nearEnd')

  await healthy(printer, ({ paperNearEnd }) => paperNearEnd === true)

  expect(printer.health.troubles).toEqual([])
  expect((await printer.print(slip('J019'))).kind).toBe('printed')
})

test('noise on the line is a trouble that passes, and no slip is lost to it', async () => {
  const { printer, sim } = await ready()
  sim.sendRaw(new Uint8Array(40).fill(0xff))
  await healthy(printer, ({ troubles }) => troubles.includes('garbled'))

  await healthy(printer, ({ troubles }) => troubles.length === 0)

  expect((await printer.print(slip('J020'))).kind).toBe('printed')
})

test('answers that arrive byte by byte, with noise between slips, change nothing', async () => {
  const { printer, sim } = await ready({ dripping: true })
  for (const id of ['D001', 'D002', 'D003']) {
    expect(await printer.print(slip(id))).toEqual({ kind: 'printed', proof: 'processId' })
    sim.sendRaw(Uint8Array.of(0xff, 0x10, 0x37, 0x80))
  }
  expect(sim.papers()).toHaveLength(3)
})

test('a long slip on a slow line is not sent on into an open cover', async () => {
  const { printer, sim } = await ready({ slowLine: true })
  const printing = printer.print(slip('J024', 2000))
  await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)
  sim.setCover('open')

  expect(await printing).toEqual({ kind: 'interrupted', trouble: 'coverOpen' })
  expect(sim.bytesTaken()).toBeLessThan(20_000)
})

test('a process ID of another slip proves nothing', async () => {
  const { printer, sim } = await ready({ linesPerSecond: 50 })
  const printing = printer.print(slip('J023', 60))
  await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)
  sim.sendRaw(Buffer.from('7"J999\0', 'latin1'))
  sim.setPaper('out')

  expect(await printing).toEqual({ kind: 'interrupted', trouble: 'paperOut' })
})

test('a picture whose dots look like status commands is printed whole', async () => {
  const { printer, sim } = await ready()
  const dots = [0x10, 0x04, 0x01, 0x10, 0x05, 0x02, 0x10, 0x14]
  const body = Uint8Array.of(0x1d, 0x76, 0x30, 0, 8, 0, 3, 0, ...dots, ...dots, ...dots)

  expect((await printer.print({ id: 'J021', body })).kind).toBe('printed')

  expect(sim.papers()[0]?.text).toBe('[image 64x3]')
  expect(sim.state().complaints).toEqual([])
})

test('a printer that is not there at the start is gone, and is found when it comes', async () => {
  const { printer, sim } = bench()
  sim.unplug()
  printer.start()
  expect(await printer.print(slip('J022'))).toEqual({ kind: 'notStarted', trouble: 'gone' })

  sim.plug()
  const found = await healthy(printer, ({ identity }) => identity !== undefined)

  expect(found).toMatchObject({ troubles: [], identity: 'SIM-58' })
})
