/**
 * Where answers of registries are kept between reviews; the text is the asker's own. Losing one costs a request. A key names
 * the registry and the credentials that the answer was given to, so that nobody is shown what only another one may see.
 */
export interface KeptResponses {
  /** Undefined where there is none, or none that can be read. */
  get(key: string): Promise<string | undefined>
  put(key: string, text: string): Promise<void>
}

/** What a registry may be asked by, whether an answer is still the one that it would give (RFC 9110, section 8.8). */
export interface Validators {
  readonly etag?: string
  readonly lastModified?: string
}

/** What of an answer's validators can be sent back as it is; undefined where nothing can. */
export function readValidators(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Validators | undefined {
  const { etag, 'last-modified': lastModified } = headers
  const validators: Validators = {
    ...(typeof etag === 'string' && /^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/.test(etag) && { etag }),
    ...(typeof lastModified === 'string' && /^[A-Za-z0-9,: +-]{1,60}$/.test(lastModified) && { lastModified }),
  }
  return Object.keys(validators).length > 0 ? validators : undefined
}

export const toConditions = ({ etag, lastModified }: Validators): Readonly<Record<string, string>> => ({
  ...(etag !== undefined && { 'if-none-match': etag }),
  ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
})
