/**
 * Every parameter of the terminal, read off the schema that checks `terminal.yaml`: there is no second list that could say something else.
 * What a parameter means stands in `config/locales/parameters.<locale>.json`.
 */
import { z } from 'zod'
import { terminalFileSchema } from '../config/terminal-file.ts'

/** A place in `terminal.yaml` that holds one value. */
export type Parameter = {
  /** Dotted, as in `acquirer.echo.everyMs`. */
  readonly name: string
  /** What may stand there, in signs that need no translation: `100…600000`, `short | long`, `/^[0-9]{3}$/`. */
  readonly bounds: string
  /** What holds when it is left out; undefined: nothing. */
  readonly fallback: unknown
  /** `always`: the file must have it. A name: it must be there when that part is. `never`: it may be left out. */
  readonly needed: 'always' | 'never' | `with ${string}`
  /** Never shown, never written into the journal. */
  readonly secret: boolean
}

type Shape = z.core.JSONSchema.BaseSchema

/** In the order of the schema. The whole table is made anew with each call (a few milliseconds). */
export function listParameters(): readonly Parameter[] {
  const root = z.toJSONSchema(terminalFileSchema, { io: 'input' })
  return underneath(root, { name: '', fallback: undefined, needed: 'always' })
}

type Place = Pick<Parameter, 'name' | 'fallback' | 'needed'>

function underneath(shape: Shape, place: Place): readonly Parameter[] {
  const { properties, required = [] } = shape
  if (properties === undefined) return [leaf(shape, place)]
  return Object.entries(properties).flatMap(([key, value]) => {
    if (typeof value === 'boolean') return []
    const own = 'default' in value ? value.default : memberOf(place.fallback, key)
    const inner = {
      name: place.name === '' ? key : `${place.name}.${key}`,
      fallback: own,
      needed: own === undefined && required.includes(key) ? place.needed : 'never',
    } as const
    return part(value, inner)
  })
}

/** A group, one value, or a word that stands for a whole group (`none`). */
function part(shape: Shape, place: Place): readonly Parameter[] {
  const group = groupIn(shape)
  if (group === null) return [leaf(shape, place)]
  const within = place.needed === 'never' ? withGroup(place) : place.needed
  const members = underneath(group, { ...place, needed: within })
  return group === shape ? members : [leaf(shape, place), ...members]
}

/** Members of a group that may be left out are needed as soon as it is there; those of one with a default have that. */
function withGroup({ fallback, name }: Place): Parameter['needed'] {
  return fallback === undefined ? `with ${name}` : 'never'
}

function groupIn(shape: Shape): Shape | null {
  if (shape.properties !== undefined) return shape
  const groups = branches(shape).filter(({ properties }) => properties !== undefined)
  const [only] = groups
  const others = branches(shape).filter(({ properties }) => properties === undefined)
  const isWordOrGroup = groups.length === 1 && others.every((one) => one.const !== undefined)
  return only !== undefined && isWordOrGroup ? only : null
}

function leaf(shape: Shape, { fallback, name, needed }: Place): Parameter {
  return { name, fallback, needed, bounds: boundsOf(shape), secret: shape['secret'] === true }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}

function branches({ anyOf, oneOf }: Shape): readonly Shape[] {
  return (anyOf ?? oneOf ?? []).filter((one) => typeof one !== 'boolean')
}

function boundsOf(shape: Shape): string {
  if (shape.const !== undefined) return word(shape.const)
  if (shape.enum !== undefined) return shape.enum.map(word).join(' | ')
  const several = branches(shape)
  if (several.length > 0) return several.map(boundsOf).join(' | ')
  switch (shape.type) {
    case 'integer':
    case 'number':
      return range(shape.minimum, shape.maximum)
    case 'boolean':
      return 'true | false'
    case 'null':
      return 'null'
    case 'array':
      return `[ ${boundsOfItems(shape)} ] ${range(shape.minItems ?? 0, shape.maxItems)}`
    case 'object':
      return `{ ${membersOf(shape)
        .map(([key, value]) => `${key}: ${typeof value === 'boolean' ? '…' : boundsOf(value)}`)
        .join(', ')} }`
    case 'string':
    case undefined:
      return shape.pattern === undefined
        ? `"" ${range(shape.minLength ?? 0, shape.maxLength)}`
        : `/${shape.pattern}/`
    // Some other word of JSON Schema to come.
    default:
      return '…'
  }
}

/** Of members whose names are free, what a name must look like. */
function membersOf(shape: Shape): readonly (readonly [string, Shape | boolean])[] {
  const { additionalProperties, properties, propertyNames } = shape
  if (properties !== undefined) return Object.entries(properties)
  const name = typeof propertyNames === 'object' ? boundsOf(propertyNames) : '…'
  return [[name, additionalProperties ?? false]]
}

function boundsOfItems({ items }: Shape): string {
  return items === undefined || typeof items === 'boolean' || Array.isArray(items)
    ? '…'
    : boundsOf(items)
}

/** Quoted where the bare text could not be seen. */
function word(value: unknown): string {
  return typeof value === 'string' && !/^[!-~]+$/.test(value)
    ? JSON.stringify(value)
    : String(value)
}

function range(least: number | undefined, most: number | undefined): string {
  return `${least ?? ''}…${most ?? ''}`
}
