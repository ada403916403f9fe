/** Plays clips one after the other. They come from the terminal itself, once, when somebody is there to hear them. */
import type { Locale } from '#shell/api/view.ts'
import enTable from './en.json' with { type: 'json' }
import zhTable from './zh-CN.json' with { type: 'json' }

type Table = Readonly<Record<string, readonly number[]>>
type Voice = { readonly table: Table; readonly url: string }

const VOICES: Readonly<Record<Locale, Voice>> = {
  en: { table: enTable, url: new URL('./en.ogg', import.meta.url).href },
  'zh-CN': { table: zhTable, url: new URL('./zh-CN.ogg', import.meta.url).href },
}

/** The tone that comes with a change is heard out first. */
const AFTER_TONE_S = 0.5
/** Clips overlap a little: pauses between the syllables of a number sound like the end of it. */
const OVERLAP_S = 0.02
/** Longer than any utterance: twelve digits of an amount and the words around it. */
const CLIPS_MOST = 40
/** What was said so long after it was true is not said any more. */
const STALE_MS = 5000

type Say = {
  readonly locale: Locale
  readonly clips: readonly string[]
  /** From 0, silent, to 1. */
  readonly volume: number
}

export type Speaker = {
  /** Whatever is being said stops. Nothing is said without sound, or where the clips cannot be had. */
  readonly say: (say: Say) => void
  /** Fetches and decodes a language ahead; once, whenever called. */
  readonly prepare: (locale: Locale) => void
}

export function startSpeaker(audio: () => AudioContext | null): Speaker {
  const loaded = new Map<Locale, Promise<AudioBuffer | null>>()
  const voiceOf = (context: AudioContext, locale: Locale): Promise<AudioBuffer | null> => {
    const voice = loaded.get(locale) ?? load(context, VOICES[locale].url)
    loaded.set(locale, voice)
    return voice
  }
  let speaking: readonly AudioBufferSourceNode[] = []
  let newest = 0
  const speak = async (context: AudioContext, { locale, clips, volume }: Say): Promise<void> => {
    newest += 1
    const turn = newest
    for (const source of speaking) source.stop()
    speaking = []
    const from = performance.now()
    const buffer = await voiceOf(context, locale)
    if (buffer === null) {
      loaded.delete(locale)
      return
    }
    if (turn === newest && performance.now() - from < STALE_MS)
      speaking = play(context, buffer, { spans: spansOf(locale, clips), volume })
  }
  return {
    say: (say) => {
      const context = audio()
      if (context !== null && say.volume > 0) void speak(context, say)
    },
    prepare: (locale) => {
      const context = audio()
      if (context !== null) void voiceOf(context, locale)
    },
  }
}

type Span = readonly [startS: number, lengthS: number]

function spansOf(locale: Locale, clips: readonly string[]): readonly Span[] {
  return clips.slice(0, CLIPS_MOST).flatMap((clip) => {
    const [startMs, lengthMs] = VOICES[locale].table[clip] ?? []
    return startMs === undefined || lengthMs === undefined
      ? []
      : [[startMs / 1000, lengthMs / 1000] as const]
  })
}

function play(
  context: AudioContext,
  buffer: AudioBuffer,
  { spans, volume }: { readonly spans: readonly Span[]; readonly volume: number },
): readonly AudioBufferSourceNode[] {
  const gain = context.createGain()
  gain.gain.value = volume
  gain.connect(context.destination)
  let at = context.currentTime + AFTER_TONE_S
  return spans.map(([startS, lengthS]) => {
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(gain)
    source.start(at, startS, lengthS)
    at += lengthS - OVERLAP_S
    return source
  })
}

/** Null when the terminal does not answer or the browser cannot read it: the page says everything anyway. */
async function load(context: AudioContext, url: string): Promise<AudioBuffer | null> {
  try {
    const answer = await fetch(url)
    return answer.ok ? await context.decodeAudioData(await answer.arrayBuffer()) : null
  } catch {
    // A sound never carries a fact alone: without it nothing is missing but comfort.
    return null
  }
}
