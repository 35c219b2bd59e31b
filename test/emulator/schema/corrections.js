/**
 * Where GitHub is known to answer otherwise than its description says. Changes the description, and returns what it changed for the
 * provenance file.
 */
export function correct(api) {
  const { schemas } = api.components
  // An older copy, with an account that is a user and an enterprise at once, and without newer permissions such as merge_queues.
  const listed = api.paths['/app/installations'].get.responses['200'].content['application/json']
  listed.schema = { type: 'array', items: { $ref: '#/components/schemas/installation' } }
  // An outdated comment has lost its line and position, a comment on a file never had them: both are null.
  for (const name of ['pull-request-review-comment', 'review-comment']) {
    for (const property of ['line', 'original_line', 'position']) schemas[name].properties[property].nullable = true
  }
  return [
    'GET /app/installations lists what GET /app/installations/{installation_id} answers',
    'line, original_line and position of review comments may be null',
  ]
}
