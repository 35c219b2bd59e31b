import { actionReader, workflowReader } from '../workflows/workflow-reader.js'
import type { PostureReader } from './posture-reader.js'

/** Every kind of file that posture is read from, those first that matter most: beyond the limit of files the last ones are left out. */
export const postureReaders: readonly PostureReader[] = [workflowReader, actionReader]
