import type { RepositoryChange } from '../../repository/repository-change.js'

/** Nothing stood there before, because an audit looks at how things are: what only a change can do wrong is not done. */
export const isWholeState = ({ posture }: RepositoryChange): boolean =>
  posture !== undefined && posture.before === undefined
