import { posix } from 'node:path'

/** GitHub looks for workflows directly in this folder, nowhere below it. */
export const isWorkflow = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)

/** An action may lie in any folder. */
export const isAction = (path: string): boolean => /^action\.ya?ml$/.test(posix.basename(path))
