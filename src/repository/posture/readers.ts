import { dockerfileReader } from '../docker/dockerfile-reader.js'
import { makefileReader } from '../scripts/makefile-reader.js'
import { manifestScriptsReader } from '../scripts/manifest-scripts.js'
import { shellScriptReader } from '../scripts/shell-scripts.js'
import { settingsReaders } from '../settings/readers.js'
import { actionReader, workflowReader } from '../workflows/workflow-reader.js'
import type { PostureReader } from './posture-reader.js'

/** Every kind of file that posture is read from, those first that matter most: beyond the limit of files the last ones are left out. */
export const postureReaders: readonly PostureReader[] = [
  workflowReader,
  actionReader,
  dockerfileReader,
  makefileReader,
  shellScriptReader,
  manifestScriptsReader,
  ...settingsReaders,
]
