declare const brand: unique symbol

/** Text that came from a pull request or a registry. Only `report/escape.ts` turns it into anything a person reads. */
export type Foreign = string & { readonly [brand]: 'foreign' }

export const foreign = (text: string): Foreign => text as Foreign
