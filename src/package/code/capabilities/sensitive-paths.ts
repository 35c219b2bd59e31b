/** `Local State`: the profiles, which tools that steer a browser look up, and the wrapped key that opens cookies for whoever reads these too. */
const browserSettings = "a browser's settings"

/** What a path must hold, in lower case and with `/`, and how it is told. The first that matches counts. */
const places: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[/\\…~])\.npmrc$/, '.npmrc'],
  [/(?:^|[/\\…~])\.yarnrc(?:\.yml)?$/, '.yarnrc'],
  [/(?:^|[/\\…~])\.pypirc$/, '.pypirc'],
  [/(?:^|[/\\…])\.ssh(?:$|[/\\])(?!known_hosts)/, '.ssh'],
  [/(?:^|[/\\…])id_(?:rsa|dsa|ecdsa|ed25519)$/, 'id_rsa'],
  [/(?:^|[/\\…])\.aws(?:$|[/\\])/, '.aws'],
  [/(?:^|[/\\…])\.azure(?:$|[/\\])/, '.azure'],
  [/(?:^|[/\\…])gcloud(?:$|[/\\])|application_default_credentials\.json$/, 'gcloud'],
  [/(?:^|[/\\…])\.kube(?:$|[/\\])/, '.kube'],
  [/(?:^|[/\\…])\.docker[/\\]config\.json$/, '.docker/config.json'],
  [/(?:^|[/\\…])[._]netrc$/, '.netrc'],
  [/(?:^|[/\\…])\.git-credentials$/, '.git-credentials'],
  [/(?:^|[/\\…])\.config[/\\]gh(?:$|[/\\])/, 'gh'],
  [/(?:^|[/\\…])\.gnupg(?:$|[/\\])/, '.gnupg'],
  [/(?:^|[/\\…])\.vault-token$/, '.vault-token'],
  [/(?:^|[/\\…])\.terraform\.d[/\\]credentials|(?:^|[/\\…])\.cargo[/\\]credentials/, 'credentials'],
  [/(?:^|[/\\…])\.(?:bash|zsh|node_repl|python|mysql|psql|sh)_history$|fish_history$/, 'shell history'],
  [/(?:^|[/\\…])\.env(?:\.(?:local|production|development|staging|test))?$/, '.env'],
  [/^\/etc\/(?:passwd|shadow|sudoers)$/, '/etc/passwd'],
  [/^\/proc\/(?:self|\d{1,9}|…)\/(?:environ|mem|maps)$/, '/proc'],
  [/(?:^|[/\\…])login data$|(?:^|[/\\…])logins\.json$|(?:^|[/\\…])key[34]\.db$/, "a browser's passwords"],
  [/(?:^|[/\\…])cookies(?:\.sqlite)?$/, "a browser's cookies"],
  [/(?:^|[/\\…])local state$/, browserSettings],
  [/(?:^|[/\\…])keychains(?:$|[/\\])|login\.keychain(?:-db)?$/, 'a keychain'],
  [
    /(?:^|[/\\…])(?:exodus|electrum|atomic|ethereum|bitcoin|solana|ledger live)[/\\](?:.{0,100}[/\\])?(?:wallets?|keystore|wallet\.dat|id\.json|local storage)/,
    'a wallet',
  ],
  [/(?:^|[/\\…])wallet\.dat$|exodus\.wallet|\.electrum[/\\]wallets|\.config[/\\]solana/, 'a wallet'],
  [/nkbihfbeogaeaoehlefnkodbefgpgknn|bfnaelmomeimhlpmgjnjophhpkkoljpa/, "a wallet's browser extension"],
  [
    /(?:^|[/\\…])\.claude[/\\](?:settings|\.credentials)|(?:^|[/\\…])\.claude\.json$|(?:^|[/\\…])\.gemini[/\\]|(?:^|[/\\…])\.codex[/\\]/,
    "an assistant's credentials",
  ],
]

/** Longer texts are no paths of such files. */
const maxPathCharacters = 300

/** Which kind of secret lies at a path, if it is one that everybody knows. */
export function sensitivePlace(path: string): string | undefined {
  if (path.length < 4 || path.length > maxPathCharacters || /[\n\r<>|]/.test(path)) return undefined
  const lower = path.toLowerCase()
  return places.find(([pattern]) => pattern.test(lower))?.[1]
}

/** The same, but for what is worth nothing to a thief without another file. */
export function secretPlace(path: string): string | undefined {
  const place = sensitivePlace(path)
  return place === browserSettings ? undefined : place
}

/** Whether a text as a whole is a path, not a sentence that names one. Browsers' own files have spaces in their names. */
export const isPath = (text: string): boolean =>
  !/\s/.test(text) || /^[^\s].{0,200}(?:Login Data|Local State|Cookies|Ledger Live)/.test(text)
