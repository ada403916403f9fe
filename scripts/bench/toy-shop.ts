/**
 * The least that a simulation of sales on a journal could be: a seeded coin for an acquirer, and for each sale two transactions of SQLite in
 * memory that hold an event and the state, as the product's journal does. It has no terminal, no faults and no invariants; what the whole
 * simulation costs is told in multiples of it.
 */
import { DatabaseSync } from 'node:sqlite'

export type ToyShop = { readonly sell: (sales: number) => void; readonly close: () => void }

const DECLINED = 0.1

export function openToyShop(): ToyShop {
  const database = new DatabaseSync(':memory:')
  database.exec(
    'create table event (seq integer primary key, body text); create table state (id integer primary key, body text)',
  )
  const begin = database.prepare('begin immediate')
  const insert = database.prepare('insert into event (body) values (?)')
  const replace = database.prepare('insert or replace into state (id, body) values (1, ?)')
  const end = database.prepare('commit')
  let seed = 1
  let state = { stan: 0, owed: 0, heldMinor: 0 }
  const coin = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0
    return (seed >>> 0) / 2 ** 32
  }
  const commit = (event: object): void => {
    begin.run()
    insert.run(JSON.stringify(event))
    replace.run(JSON.stringify(state))
    end.run()
  }
  return {
    sell: (sales) => {
      for (let sale = 0; sale < sales; sale++) {
        const amountMinor = 1 + Math.floor(coin() * 30_000)
        const stan = state.stan + 1
        state = { ...state, stan, owed: stan }
        commit({ type: 'asked', stan, amountMinor })
        const approved = coin() >= DECLINED
        state = { ...state, owed: 0, heldMinor: state.heldMinor + (approved ? amountMinor : 0) }
        commit({ type: 'answered', stan, amountMinor, approved })
      }
    },
    close: () => database.close(),
  }
}
