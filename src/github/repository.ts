/** A repository as webhooks and jobs name it. `id` stays when it is renamed or moved. */
export interface RepositoryReference {
  readonly installationId: number
  readonly id: number
  readonly owner: string
  readonly name: string
}
