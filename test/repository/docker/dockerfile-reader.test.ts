import { describe, expect, it } from '@jest/globals'
import { dockerfileReader } from '../../../src/repository/docker/dockerfile-reader.js'
import { commandsIn, linesAndWords } from '../../builders/repository-commands.js'

const commands = (...lines: readonly string[]): readonly string[] =>
  linesAndWords(commandsIn(dockerfileReader, 'Dockerfile', lines.join('\n')))

const images = (...lines: readonly string[]): readonly string[] =>
  (dockerfileReader.read('Dockerfile', lines.join('\n'), () => false).dockerfiles ?? []).flatMap((dockerfile) =>
    dockerfile.images.map(({ line, text }) => `${line} ${text}`),
  )

describe('dockerfileReader', () => {
  it('takes what Docker and Podman build from', () => {
    const paths = [
      'Dockerfile',
      'a/Containerfile',
      'web.Dockerfile',
      'Dockerfile.dev',
      'Dockerfile.dockerignore',
      'x.md',
    ]
    expect(paths.map(dockerfileReader.matches)).toEqual([true, true, true, true, false, false])
  })

  it('reads instructions over several lines, comments and switches within them left out', () => {
    const lines = [
      'FROM node:22',
      'RUN --mount=type=cache,target=/x \\',
      '    --network=none \\',
      '  # npm install',
      '  npm ci && \\',
      '',
      '  npm i x',
      'CMD npm start',
    ]
    expect(commands(...lines)).toEqual(['5 npm ci', '7 npm i x', '8 npm start'])
  })

  it('reads here-documents: as the script, for a shell, and not those for a language or a file', () => {
    const lines = [
      'FROM node',
      'RUN <<EOF',
      'set -e',
      'npm i a',
      'EOF',
      'RUN <<EOF',
      '#!/usr/bin/env python3',
      'npm = 1',
      'EOF',
      "RUN bash <<'X'",
      'npm i b',
      'X',
      'RUN cat <<Y > z',
      'npm i c',
      'Y',
    ]
    expect(commands(...lines)).toEqual(['3 set -e', '4 npm i a', '10 bash', '11 npm i b', '13 cat'])
  })

  it('reads the exec form, what is triggered later, and another shell', () => {
    const lines = [
      'FROM node',
      'RUN ["npm", "install", "a b"]',
      'ENTRYPOINT ["sh", "-c", "npm i"]',
      'ONBUILD RUN npm i',
      'SHELL ["powershell", "-Command"]',
      "RUN iex 'npm i'",
    ]
    expect(commands(...lines)).toEqual([
      '2 npm install a b',
      '3 sh -c npm i',
      '3 npm i',
      '4 npm i',
      '6 iex npm i',
      '6 npm i',
    ])
    expect(commands('FROM node', 'RUN [ -f x ] && npm ci')).toEqual(['2 [ -f x ]', '2 npm ci'])
  })

  it('reads lines that a backtick continues, for Windows and for others', () => {
    expect(commands('# escape=`', 'FROM node', 'RUN cd x; npm `', '  i')).toEqual(['3 cd x', '3 npm i'])
    expect(commands('# escape=`', 'FROM org/windows:2025', 'RUN npm `', '  i')).toEqual(['3 npm i'])
  })

  it('knows values that hold spaces between quotes', () => {
    const lines = ['FROM node', 'ARG INSTALL="npm i"', "ENV A='b c' \\", '  FLAGS="--force x"', 'RUN $INSTALL $FLAGS']
    expect(commands(...lines)).toEqual(['5 npm i --force x'])
  })

  it('fills in what ARG and ENV say, of the stage only', () => {
    const lines = [
      'ARG PM=yarn',
      'FROM node AS one',
      'ARG PM',
      'ENV V=1.2.3 CI=true',
      'RUN $PM add x@$V',
      'FROM one',
      'ENV PM npm',
      'RUN $PM i x@$V',
    ]
    expect(commands(...lines)).toEqual(['5 yarn add x@1.2.3', '8 npm i x@$V'])
    expect(commandsIn(dockerfileReader, 'Dockerfile', lines.join('\n')).map(({ host }) => host)).toEqual([
      { kind: 'dockerfile', stage: 0 },
      { kind: 'dockerfile', stage: 1 },
    ])
  })

  it('names the images that it takes, and no stages', () => {
    const lines = [
      'FROM --platform=linux/amd64 node:22@sha256:abc AS Base',
      'FROM base',
      'FROM scratch',
      'COPY --from=base /a /b',
      'COPY --from=0 /a /b',
      'COPY --from=ghcr.io/acme/x:1 /a /b',
      'RUN --mount=type=bind,from=alpine:3,target=/x true',
    ]
    expect(images(...lines)).toEqual(['1 node:22@sha256:abc', '6 ghcr.io/acme/x:1', '7 alpine:3'])
  })
})
