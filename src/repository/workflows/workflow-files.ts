import { posix } from 'node:path'

/** GitHub looks for workflows directly in this folder, nowhere below it. Whether it takes capitals for an ending is not written down. */
export const isWorkflow = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/i.test(path)

/** An action may lie in any folder. */
export const isAction = (path: string): boolean => /^action\.ya?ml$/.test(posix.basename(path))
