/**
 * Every form of GitHub token, the long stateless one with dots since 2026 included, and our own JWT: a bearer token is
 * three base64url parts, of which the first always begins with `{"`.
 */
const token = /\bgh[opusr]_[A-Za-z0-9._-]{16,}|\bgithub_pat_\w{16,}|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g

export const redact = (text: string): string => text.replace(token, '[token]')
