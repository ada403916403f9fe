/** What RAUC 1.8 said on a bus, and what nobody should believe. */
import { expect, test } from 'vitest'
import {
  readCompleted,
  readProgress,
  readSlotStatus,
  readText,
} from '#shell/update/rauc/answers.ts'

test('progress is a number with a sentence', () => {
  expect(readProgress('{"type":"(isi)","data":[40,"Checking bundle done.",2]}')).toEqual({
    percent: 40,
    what: 'Checking bundle done.',
  })
  for (const odd of ['', '{}', '{"data":[140,"x",1]}', '{"data":["40","x",1]}', '[1,2'])
    expect(readProgress(odd)).toBeNull()
})

test('the end comes as a signal with a result', () => {
  const signal = (member: string, data: unknown) =>
    JSON.stringify({ type: 'signal', member, payload: { type: 'i', data } })
  expect(readCompleted(signal('Completed', [0]))).toBe(0)
  expect(readCompleted(signal('Completed', [1]))).toBe(1)
  expect(readCompleted(signal('PropertiesChanged', [0]))).toBeNull()
  expect(readCompleted(signal('Completed', ['0']))).toBeNull()
  expect(readCompleted('Monitoring bus message stream.')).toBeNull()
})

test('slots are told with what the boot loader believes of them', () => {
  const slot = (name: string, facts: Record<string, string>) => [
    name,
    Object.fromEntries(Object.entries(facts).map(([key, data]) => [key, { type: 's', data }])),
  ]
  const said = JSON.stringify({
    type: 'a(sa{sv})',
    data: [
      [
        slot('rootfs.0', { state: 'booted', device: '/dev/a', 'boot-status': 'good' }),
        slot('rootfs.1', { state: 'inactive', device: '/dev/b', 'bundle.version': '1.2.0' }),
        slot('odd.0', { device: '/dev/c' }),
      ],
    ],
  })
  expect(readSlotStatus(said)).toEqual([
    { name: 'rootfs.0', device: '/dev/a', state: 'booted', bootStatus: 'good', version: null },
    { name: 'rootfs.1', device: '/dev/b', state: 'inactive', bootStatus: null, version: '1.2.0' },
  ])
  expect(readSlotStatus('{"data":[7]}')).toBeNull()
})

test('a long sentence is cut, and no text is none', () => {
  expect(readText(JSON.stringify({ type: 's', data: 'x'.repeat(5000) }))).toHaveLength(200)
  expect(readText('{"data":5}')).toBeNull()
})
