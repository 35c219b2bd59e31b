import type { CodeLane } from '../../../src/package/code/code-analyser.js'
import { randomOf } from '../random.js'
import type { CodeSeed } from './code-seeds.js'
import { examineCode } from './examine-code.js'
import { mutateCode } from './mutate-code.js'

export interface CodeFault {
  /** With the seed number and the same seeds it makes the same text again. */
  readonly number: number
  readonly path: string
  readonly text: string
  readonly what: string
}

export function codeMutation(seeds: readonly CodeSeed[], seed: number, number: number): CodeSeed {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) ^ number)
  const { path, text } = random.pick(seeds)
  return { path, text: mutateCode(text, random) }
}

/** Resolves with the fault of one mutation, or null. */
export async function runCodeMutation(
  lane: CodeLane,
  seeds: readonly CodeSeed[],
  seed: number,
  number: number,
): Promise<CodeFault | null> {
  const { path, text } = codeMutation(seeds, seed, number)
  await lane.ready()
  const bytes = Buffer.from(text)
  const what = examineCode(path, bytes.toString(), await lane.analyse({ path, bytes, sha256: '' }))
  return what === null ? null : { number, path, text, what }
}
