/**
 * Makes the clips that the screens put spoken amounts together from: one Ogg Opus file for each language and a table of what stands where in
 * it. Run: `make voices` (needs Debian's espeak-ng and opus-tools). The files are committed, so that nobody else needs either.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { readWave, trimmed, writeWave } from './wave.ts'

const ROOT = join(import.meta.dirname, '../..')
const INTO = join(ROOT, 'src/web/client/sound')
/** Between two clips, so that none begins with the end of another. */
const GAP_MS = 60
const KILOBITS = 12
const ENGINE = 'espeak-ng'
const ENCODER = 'opusenc'

const wordsSchema = z.strictObject({
  voice: z.string(),
  wordsPerMinute: z.int().min(80).max(400),
  clips: z.record(z.string(), z.string().min(1)),
})

for (const locale of ['zh-CN', 'en']) {
  const file = join(ROOT, 'config/locales', `voice.${locale}.json`)
  const { bytes, seconds } = make(locale, wordsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))
  console.log(`${locale}: ${seconds.toFixed(1)} s, ${bytes} bytes`)
}

function make(
  locale: string,
  words: z.infer<typeof wordsSchema>,
): { readonly bytes: number; readonly seconds: number } {
  const parts: Int16Array[] = []
  const table: Record<string, readonly [startMs: number, lengthMs: number]> = {}
  let hertz = 0
  let samplesSoFar = 0
  for (const [clip, text] of Object.entries(words.clips)) {
    const sound = trimmed(speak(words, text))
    hertz = sound.hertz
    const gap = new Int16Array(Math.round((hertz * GAP_MS) / 1000))
    table[clip] = [inMs(samplesSoFar, hertz), inMs(sound.samples.length, hertz)]
    parts.push(sound.samples, gap)
    samplesSoFar += sound.samples.length + gap.length
  }
  const folder = mkdtempSync(join(tmpdir(), 'voices-'))
  const wave = join(folder, 'all.wav')
  const ogg = join(INTO, `${locale}.ogg`)
  writeFileSync(wave, writeWave(hertz, parts))
  const encoding = ['--quiet', '--bitrate', String(KILOBITS), '--speech', '--serial', '1']
  execFileSync(ENCODER, [...encoding, wave, ogg])
  rmSync(folder, { recursive: true })
  writeFileSync(join(INTO, `${locale}.json`), `${JSON.stringify(table, null, 2)}\n`)
  return { bytes: readFileSync(ogg).length, seconds: samplesSoFar / hertz }
}

function speak({ voice, wordsPerMinute }: z.infer<typeof wordsSchema>, text: string) {
  const args = ['-v', voice, '-s', String(wordsPerMinute), '--stdout', text]
  return readWave(execFileSync(ENGINE, args, { maxBuffer: 16 * 1024 * 1024 }))
}

function inMs(samples: number, hertz: number): number {
  return Math.round((samples * 1000) / hertz)
}
