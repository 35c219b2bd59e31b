/** A value of a settings file, whatever its syntax, with the line that it starts on, from 1. */
export type PlacedValue = PlacedObject | PlacedList | PlacedText | PlacedOther

/** `members` is a Map, since its keys are chosen by whoever wrote the file. Of a doubled key the last one counts, as for every client. */
export interface PlacedObject {
  readonly kind: 'object'
  readonly line: number
  readonly members: ReadonlyMap<string, Member>
}

export interface Member {
  /** Of the key. */
  readonly line: number
  readonly value: PlacedValue
}

export interface PlacedList {
  readonly kind: 'list'
  readonly line: number
  readonly items: readonly PlacedValue[]
}

export interface PlacedText {
  readonly kind: 'text'
  readonly line: number
  readonly text: string
}

/** Dates and the like are `null`: no setting that is read here has one. */
export interface PlacedOther {
  readonly kind: 'other'
  readonly line: number
  readonly value: boolean | number | null
}

export const membersOf = (value: PlacedValue | undefined): readonly (readonly [string, Member])[] =>
  value?.kind === 'object' ? [...value.members] : []

export const memberOf = (value: PlacedValue | undefined, key: string): Member | undefined =>
  value?.kind === 'object' ? value.members.get(key) : undefined

export const itemsOf = (value: PlacedValue | undefined): readonly PlacedValue[] =>
  value?.kind === 'list' ? value.items : []

/** The texts of a list, others left out; a text by itself is a list of one. */
export function textsOf(value: PlacedValue | undefined): readonly PlacedText[] {
  if (value?.kind === 'text') return [value]
  return itemsOf(value).filter((item): item is PlacedText => item.kind === 'text')
}

export const isTrue = (value: PlacedValue | undefined): boolean => value?.kind === 'other' && value.value === true

/** What lies under a path of keys, where editors also take some of them joined by dots: `{ "chat.tools": { "autoApprove": … } }`. */
export function memberAt(value: PlacedValue | undefined, path: string): Member | undefined {
  const whole = memberOf(value, path)
  if (whole !== undefined) return whole
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const outer = memberOf(value, path.slice(0, dot))
    const found = outer && memberAt(outer.value, path.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}

/** A scalar as its file would have it written; undefined for a list or an object. */
export function scalarText(value: PlacedValue | undefined): string | undefined {
  if (value?.kind === 'text') return value.text
  return value?.kind === 'other' ? String(value.value) : undefined
}
