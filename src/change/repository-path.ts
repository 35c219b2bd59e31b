/** Whether a path names something inside a repository: relative, with `/`, without empty, `.` or `..` parts. */
export function isRepositoryPath(path: string): boolean {
  if (path === '' || path.includes('\0')) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
