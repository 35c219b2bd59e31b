/** The package brings no types. Only the parts of an Arborist node that it reads. */
declare module 'npm-packlist' {
  export interface PackTree {
    readonly path: string
    readonly package: Readonly<Record<string, unknown>>
    readonly isProjectRoot: boolean
    readonly edgesOut: { get(name: string): PackEdge | undefined }
  }

  export interface PackEdge {
    readonly peer: boolean
    readonly dev: boolean
    readonly to: { readonly path: string; readonly target: PackTree; readonly isLink: boolean }
  }

  /** Paths relative to the tree's, with slashes, as `npm pack` would put them into the tarball. */
  export default function packlist(tree: PackTree): Promise<string[]>
}
