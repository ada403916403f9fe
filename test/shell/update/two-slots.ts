/** Two slots on the real disk, with small releases in them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createFileCalls } from '#shell/update/file-calls.ts'
import { type Installed, installBundle } from '#shell/update/install-bundle.ts'
import { type Keys, NOW, newKeys, sampleBundle, scratch } from './sample-bundle.ts'

export type Machine = {
  readonly slots: string
  readonly data: string
  readonly config: string
  readonly keys: Keys
  /** `program` is the shell script that stands for the release. */
  readonly install: (
    version: string,
    options?: { readonly program?: string; readonly minimumVersion?: string },
  ) => Promise<Installed>
}

export function newMachine(): Machine {
  const root = scratch()
  const [slots, data, config] = ['slots', 'data', 'config'].map((name) => join(root, name))
  if (slots === undefined || data === undefined || config === undefined)
    throw new Error('three folders')
  for (const folder of [slots, data, config]) mkdirSync(folder)
  const keys = newKeys()
  return {
    slots,
    data,
    config,
    keys,
    install: async (version, { minimumVersion = '1.0.0', program = 'exit 0' } = {}) => {
      const bundle = await sampleBundle(keys, version, {
        minimumVersion,
        contents: [
          {
            path: 'bin/suretill',
            from: Buffer.from(`#!/bin/sh\n# ${version}\n${program}\n`),
            executable: true,
          },
        ],
      })
      return installBundle({
        bundle,
        folder: slots,
        calls: createFileCalls(),
        processor: 'x64',
        wallMs: NOW,
        firstKey: keys.publicKey,
        objections: async () => [],
        trySlot: async () => null,
        onStep: () => undefined,
      })
    },
  }
}
