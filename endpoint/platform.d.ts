/** WebCrypto's type names, which `shared` uses and Node's types keep inside a module. */
type CryptoKey = import('node:crypto').webcrypto.CryptoKey;
type CryptoKeyPair = import('node:crypto').webcrypto.CryptoKeyPair;
