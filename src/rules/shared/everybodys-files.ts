/** Whether a path is the root of all files or a home folder, as folded: what no package has to delete. */
export const isEverybodys = (path: string): boolean =>
  /^(?:~|\/|[a-z]:[\\/]?|\/home|\/Users|\/root)[\\/]?\*{0,2}$/i.test(path)
