import type { PostureState } from '../../src/repository/posture/posture-state.js'
import { postureReaders } from '../../src/repository/posture/readers.js'
import type { RepositoryChange } from '../../src/repository/repository-change.js'

export type Files = Readonly<Record<string, string>>

const nothing: PostureState = {
  commands: [],
  workflows: [],
  dockerfiles: [],
  settings: [],
  manifests: [],
  python: [],
  pythonLocks: [],
  go: [],
  sboms: [],
  automatic: [],
}

/** What the repository's own readers make of these files. */
export function aPosture(files: Files): PostureState {
  const state: Record<string, readonly unknown[]> = { ...nothing }
  for (const [file, text] of Object.entries(files)) {
    for (const reader of postureReaders.filter((one) => one.matches(file))) {
      for (const [part, items] of Object.entries(reader.read(file, text, (path) => Object.hasOwn(files, path)))) {
        if (Array.isArray(items)) state[part] = [...(state[part] ?? []), ...items]
      }
    }
  }
  return state as unknown as PostureState
}

/** A change of the repository's own files; without `before`, an audit of them. */
export function aPostureChange({
  before,
  after,
}: {
  readonly before?: Files
  readonly after: Files
}): RepositoryChange {
  const changed = Object.keys(after).filter((file) => before?.[file] !== after[file])
  return {
    kind: 'repository',
    policyErrors: [],
    posture: {
      ...(before && { before: aPosture(before) }),
      after: aPosture(after),
      changed: new Set(changed),
      gaps: [],
    },
  }
}
