import { examine } from './examine.js'
import { mutate } from './mutate.js'
import { randomOf } from './random.js'
import type { Seed } from './seeds.js'

export interface Fault {
  /** Which mutation: with the seed number and the same seeds, it makes the same text again. */
  readonly number: number
  readonly from: string
  readonly file: string
  readonly text: string
  readonly what: string
}

/** The text of one mutation. Each has random numbers of its own, so that a run can go on where another one stopped. */
export function mutationOf(
  seeds: readonly Seed[],
  seed: number,
  number: number,
): { readonly of: Seed; readonly text: string } {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) ^ number)
  const of = random.pick(seeds)
  return { of, text: mutate(of.text, random) }
}

export function runOne(seeds: readonly Seed[], seed: number, number: number): Fault | null {
  const { of, text } = mutationOf(seeds, seed, number)
  const what = examine(of.file, text)
  return what === null ? null : { number, from: of.name, file: of.file, text, what }
}
