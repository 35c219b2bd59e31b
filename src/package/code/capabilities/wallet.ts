const providers =
  /^:(?:ethereum|solana|phantom|tronWeb|tronLink|BinanceChain|web3\.currentProvider|okxwallet|keplr|unisat|cardano|trustwallet|coinbaseWalletExtension|starknet|aptos|martian|suiWallet)(?:\.|$)/

/** What a browser's wallet is reached by. */
export const isWallet = (key: string): boolean => providers.test(key)

const methods =
  /^(?:eth_(?:sendTransaction|sendRawTransaction|requestAccounts|accounts|sign|signTransaction|signTypedData(?:_v\d)?)|personal_(?:sign|unlockAccount|importRawKey)|wallet_[A-Za-z]{3,40}|solana_signTransaction)$/

/** A wallet's own words. */
export const isWalletMethod = (text: string): boolean => methods.test(text)
