/**
 * Who may look into whom: the table of rooms, checked by machine. What a room does not list, it may not import,
 * and a type import counts. tests/contract/import-rules.test.ts plants a violation of every rule.
 *
 * dependency-cruiser needs the compiler's JavaScript API, which TypeScript 7 no longer has: hence `typescript` is version 6
 * in package.json (besides, only the test of the words uses it), and `tsc` comes from `@typescript/native`, version 7.
 */
const interfacePackages = [
  'react',
  'react-dom',
  '@mui/*',
  '@emotion/*',
  '@tanstack/react-virtual',
  'tinykeys',
  '@fontsource-variable/inter',
];

/** `folders` are regular expressions on paths; a room may always import its own files. */
const rooms = [
  { name: 'shared-kernel', at: '^shared/kernel/' },
  {
    name: 'shared-crypto',
    at: '^shared/crypto/',
    folders: ['^shared/kernel/'],
    packages: ['jose', '@hpke/*', '@noble/*', 'canonicalize', 'cborg', 'shamir-secret-sharing', 'zod'],
  },
  { name: 'shared-domain', at: '^shared/domain/', folders: ['^shared/(kernel|crypto)/'], packages: ['zod'] },
  { name: 'shared-log', at: '^shared/log/', folders: ['^shared/(kernel|crypto|domain)/'], packages: ['zod'] },
  {
    name: 'shared-sync',
    at: '^shared/sync/',
    folders: ['^shared/(kernel|crypto|domain|log)/'],
    packages: ['jose', 'zod'],
  },
  { name: 'shared-bridge', at: '^shared/bridge/', folders: ['^shared/(kernel|crypto|log|sync)/'], packages: ['zod'] },
  {
    // What both hosts share: it knows nothing of Electron.
    name: 'electron-host',
    at: '^electron/host/',
    folders: ['^shared/'],
    packages: ['zod', 'eventsource-parser', 'p-queue'],
    node: true,
  },
  {
    name: 'electron-preload',
    at: '^electron/preload([.]ts$|/)',
    folders: ['^shared/bridge/'],
    packages: ['electron'],
  },
  {
    name: 'electron-main',
    at: '^electron/(?!(preload([.]ts$|/)|host/))',
    folders: ['^electron/', '^shared/'],
    packages: ['electron', 'zod'],
    node: true,
  },
  {
    name: 'endpoint',
    at: '^endpoint/',
    folders: [
      '^shared/(kernel|crypto|log|sync)/',
      '^shared/domain/(report|referral|event|unit|membership|jurisdiction)/',
    ],
    packages: ['@electric-sql/pglite', '@fastify/*', 'fastify', 'fastify-type-provider-zod', 'pg', 'uuid', 'zod'],
    node: true,
  },
  {
    name: 'renderer-vault',
    at: '^renderer/vault/',
    folders: ['^shared/'],
    packages: [
      '@embedpdf/pdfium',
      'dexie',
      'comlink',
      'hash-wasm',
      '@hpke/*',
      'zod',
      'uuid',
      '@zxcvbn-ts/*',
      'minisearch',
      'double-metaphone',
      'p-queue',
    ],
  },
  {
    // Of the vault only types, which the rule `state-and-words-take-types-only` adds.
    name: 'renderer-state',
    at: '^renderer/state/',
    folders: ['^renderer/(vault|words)/', '^shared/(domain|kernel)/'],
    packages: ['zustand'],
  },
  {
    // What codes are called. Of the vault and the bridge only types and lists of codes.
    name: 'renderer-words',
    at: '^renderer/words/',
    folders: ['^renderer/vault/', '^shared/(domain|kernel|bridge|sync)/'],
  },
  { name: 'renderer-ui', at: '^renderer/ui/', folders: ['^shared/kernel/'], packages: interfacePackages },
  {
    name: 'renderer-features',
    at: '^renderer/features/([^/]+)/',
    own: '^renderer/features/$1/',
    folders: ['^renderer/(ui|state|words)/', '^shared/(domain|kernel)/'],
    packages: interfacePackages,
  },
  { name: 'renderer-bridge', at: '^renderer/bridge[.]ts$', folders: ['^shared/(bridge|kernel)/'] },
  {
    name: 'renderer-app',
    at: '^renderer/app/',
    folders: ['^renderer/', '^shared/'],
    packages: [...interfacePackages, 'comlink', 'zustand'],
  },
];

const toPackagePath = (name) => `(^|/)node_modules/(@types/)?${name.replace('/*', '/[^/]+')}/`;

function rulesOf({ name, at, own = at, folders = [], packages = [], node = false }) {
  const insideOnly = {
    name: `${name}-folders`,
    severity: 'error',
    from: { path: at },
    to: { path: '^(?!.*node_modules/)', pathNot: [own, ...folders], dependencyTypesNot: ['core', 'unknown'] },
  };
  const listedPackagesOnly = {
    name: `${name}-packages`,
    severity: 'error',
    from: { path: at },
    to: { path: '(^|/)node_modules/', pathNot: packages.map(toPackagePath) },
  };
  const neverNode = {
    name: `${name}-node`,
    severity: 'error',
    from: { path: at },
    to: { dependencyTypes: ['core'] },
  };
  return node ? [insideOnly, listedPackagesOnly] : [insideOnly, listedPackagesOnly, neverNode];
}

export default {
  forbidden: [
    ...rooms.flatMap(rulesOf),
    {
      name: 'state-and-words-take-types-only',
      severity: 'error',
      from: { path: '^renderer/(state|words)/' },
      to: { path: '^renderer/vault/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-never-imports-tests-or-build',
      severity: 'error',
      from: { path: '^(shared|electron|endpoint|renderer)/' },
      to: { path: '^(tests|build)/' },
    },
    {
      name: 'every-file-has-a-room',
      comment: 'A file outside the table would import what it likes.',
      severity: 'error',
      from: { path: '^(shared|renderer)/', pathNot: rooms.map(({ at }) => at) },
      to: {},
    },
    {
      name: 'no-circle-of-domain-folders',
      comment: 'A newcomer reads the folders of the domain one after the other.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^shared/domain/[^/]+' },
      to: { path: '^shared/domain/[^/]+', circular: true },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'Except for a file that Vite puts into the code, which has a query behind its name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[?]url&inline$' },
    },
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|release)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.css'],
    },
  },
};
