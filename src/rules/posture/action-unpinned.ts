import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { PostureState, Reference } from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { mergeByFile } from '../shared/merge-observations.js'

export const actionUnpinned = defineRule({
  id: 'action-unpinned',
  title: 'action by a movable reference',
  severity: 'medium',
  confidence: 'high',
  fix: 'Name the full commit of the action, with its tag in a comment behind it, and the digest of a container.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { posture } = repository
    if (posture === undefined) return []
    return mergeByFile(broughtIn(repository, (state) => movableReferences(state, posture.owner)))
  },
})

/** One for each action or image of a file, with all of its places. */
function movableReferences({ workflows }: PostureState, owner: string | undefined): readonly Keyed[] {
  return workflows.flatMap(({ file, jobs }) => {
    const actions = jobs.flatMap((job) => [job.uses, ...job.steps.map(({ uses }) => uses)]).flatMap((one) => one ?? [])
    const images = jobs.flatMap((job) => job.images)
    const found = new Map<string, Reference[]>()
    for (const reference of [
      ...actions.filter((one) => isMovableAction(one, owner)),
      ...images.filter(isMovableImage),
    ]) {
      const name = nameOf(reference)
      if (found.get(name)?.push(reference) === undefined) found.set(name, [reference])
    }
    return [...found].map(([name, references]) => toKeyed(file, name, references))
  })
}

function toKeyed(file: string, name: string, references: readonly Reference[]): Keyed {
  const [first, ...others] = references.slice(0, maxPlaces).map(({ line }): Anchor => ({ kind: 'line', file, line }))
  const texts = [...new Set(references.map(({ text }) => text))].slice(0, maxPlaces)
  return {
    // Not the tag: who moves from one to the next takes nothing new upon himself.
    key: keyOf(name),
    observation: {
      message: 'takes an action or a container by a reference that its owner can move at any time',
      evidence: texts.map((text) => ({ label: 'uses', value: foreign(text) })),
      anchors: [first ?? { kind: 'file', file }, ...others],
    },
  }
}

/** Places of one finding: a matrix of jobs repeats its steps. */
const maxPlaces = 20

/** GitHub runs the workflow: who does not trust its actions cannot trust the runner either. */
const platform: ReadonlySet<string> = new Set(['actions', 'github', 'dependabot'])

function isMovableAction({ text }: Reference, owner: string | undefined): boolean {
  if (text.startsWith('./') || text.includes('${{')) return false
  if (text.startsWith('docker://')) return !hasDigest(text)
  const account = (text.split('/')[0] ?? '').toLowerCase()
  return !platform.has(account) && account !== owner && !/@(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)
}

const isMovableImage = ({ text }: Reference): boolean => !text.includes('${{') && !hasDigest(text)

const hasDigest = (text: string): boolean => /@sha256:[0-9a-f]{64}$/i.test(text)

/** Without tag or commit. */
const nameOf = ({ text }: Reference): string => text.replace(/@[^@]*$/, '').replace(/:[\w.-]{1,128}$/, '')
