/** The bytes are no tarball that npm would install: truncated, corrupt, or another format. Callers turn it into the gap `tarball-invalid`. */
export class TarballInvalid extends Error {
  override readonly name = 'TarballInvalid'
}
