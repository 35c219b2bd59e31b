import type { ProjectChange } from '../../src/lockfile/project-change.js'

/** The repository's root with a manifest and a lockfile that belong together. */
export const aProject = (overrides: Partial<ProjectChange> = {}): ProjectChange => ({
  kind: 'project',
  folder: '',
  manifest: 'package.json',
  lockfile: { file: 'package-lock.json', manager: 'npm' },
  lockfileMissing: false,
  malformed: [],
  unmet: [],
  ...overrides,
})
