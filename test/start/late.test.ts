/** What a snapshot of the heap cannot hold is there in name only until a terminal starts. */
import { expect, test } from 'vitest'
import { createLateModules, isFit } from '../../src/start/late.ts'

const NAMES = { 'node:sqlite': ['DatabaseSync', 'backup'] }

test('a module that fits is given as it is, and its name may be written with node: or without', () => {
  const own = { readFileSync: () => '' }
  const late = createLateModules(NAMES, () => own)
  expect(late.require('node:fs')).toBe(own)
  expect(['fs', 'node:fs', 'http', 'node:sqlite', 'usb'].map(isFit)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('what cannot be held has its names at once and what they stand for after the start', () => {
  const late = createLateModules(NAMES, () => {
    throw new Error('asked too early')
  })
  const sqlite = late.require('node:sqlite')
  expect(Object.keys(sqlite)).toEqual(['DatabaseSync', 'backup'])
  expect(late.touched()).toEqual([])
  class DatabaseSync {}
  const asked: string[] = []
  late.arrive((name) => {
    asked.push(name)
    return { DatabaseSync }
  })
  expect(asked).toEqual([])
  expect(sqlite.DatabaseSync).toBe(DatabaseSync)
  expect(asked).toEqual(['node:sqlite'])
})

test('whoever wants to know too early is named', () => {
  const late = createLateModules(NAMES, () => ({}))
  const { backup } = late.require('node:sqlite')
  expect(backup).toBeUndefined()
  expect(late.touched()).toEqual(['node:sqlite.backup'])
})

test('after the start every module is the real one', () => {
  const late = createLateModules(NAMES, () => ({}))
  const real = { request: () => null }
  late.arrive(() => real)
  expect(late.require('node:http')).toBe(real)
})
