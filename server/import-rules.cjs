// Which module may import which, as sentences. `npm run check` enforces them; docs/architecture.md shows them.

/** Tests, what builds their scenes beside the database, and the harness in which components are tested. */
const anyTest = '\\.(test|scene)\\.tsx?$|^app/testing/'
/** A folder beside the tests that use it. */
const sharedByTests = '^server/(?:[^/]+/(?:http/)?testing|insights/golden)/'
/** Each package may import those before it. */
const domains = [
  'platform',
  'outbound',
  'events',
  'agencies',
  'accounts',
  'disclosures',
  'areas',
  'places',
  'calendars',
  'categories',
  'incidents',
  'reports',
  'publication',
  'presence',
  'bulk',
  'live',
  'notifications',
  'organisation',
  'imports',
  'bulletins',
  'after-action',
  'usage',
  'insights',
  'api-clients',
  'citizen-links',
  'deliveries',
  'open311',
  'webhooks',
  'rest',
  'settings',
]
const rules = '^server/[^/]+/rules/'
const errors = '^server/platform/errors\\.ts$'
const typesAside = { dependencyTypesNot: ['type-only'] }

const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from, pathNot: anyTest } : from,
  to: typeof to === 'string' ? { path: to } : to,
})

const domainRules = domains
  .slice(0, -1)
  .map((domain, place) =>
    rule(
      `${domain}-looks-back`,
      `${domain} may use the domains before it, never those after it; those listen to its events.`,
      `^server/${domain}/`,
      `^server/(${domains.slice(place + 1).join('|')})/`,
    ),
  )

module.exports = {
  forbidden: [
    ...domainRules,
    rule(
      'domains-know-nothing-above',
      'Above the domains, trpc gathers their routers and http their endpoints. What both are built from is in procedures and endpoints.',
      `^server/(${domains.join('|')}|procedures|endpoints)/`,
      '^server/(trpc|http)/',
    ),
    rule(
      'procedures-and-endpoints-know-accounts-alone',
      'What routers and endpoints are built from knows the platform and who signs in, and no other domain.',
      '^server/(procedures|endpoints)/',
      `^server/(${domains.filter((domain) => !['platform', 'accounts'].includes(domain)).join('|')})/`,
    ),
    rule(
      'rules-are-pure',
      'A rule imports only rules, the kind of refusal, zod, what packs values for the way, what reads numbers and what compares texts.',
      rules,
      {
        pathNot: [rules, errors, '^node_modules/(zod|diff|read-vietnamese-number)/'],
      },
    ),
    rule(
      'only-published-copies-leave',
      'Entrances for the public, and all others, read the copies of reports by the one query of those that are published; the rules that mask a text are for all.',
      { path: '^server/(?!publication/|trpc/root\\.ts$|doors\\.ts$|jobs/registry\\.ts$)', pathNot: anyTest },
      {
        path: '^server/publication/',
        pathNot: '^server/publication/(queries/published-copies|rules/personal-data)\\.ts$',
      },
    ),
    rule(
      'only-root-imports-routers',
      'Routers meet in trpc/root; a large one gathers its own parts.',
      { path: '^server/([^/]+)/', pathNot: ['^server/trpc/root\\.ts$', anyTest, sharedByTests] },
      { path: '^server/[^/]+/[^/]*router\\b', pathNot: '^server/$1/router/' },
    ),
    rule(
      'only-registry-imports-jobs',
      'Jobs meet in jobs/registry.',
      { pathNot: ['^server/jobs/registry\\.ts$', '^server/[^/]+/jobs(\\.ts$|/)', anyTest] },
      { path: '^server/[^/]+/jobs(\\.ts$|/)', pathNot: '^server/platform/' },
    ),
    rule(
      'app-enters-by-the-doors',
      'app/ knows the server by its doors: trpc, the session, */http, and its rules.',
      '^app/',
      {
        path: '^server/',
        pathNot: [rules, '^server/trpc/', '^server/accounts/(session|auth-options)', '^server/[^/]+/http(\\.ts$|/)'],
        ...typesAside,
      },
    ),
    rule('app-leaves-the-database-alone', 'Pages ask the server; they do not query.', '^app/', '^(db|scripts|e2e)/'),
    rule('components-know-rules-and-types', 'A component takes only rules and types from the server.', '^components/', {
      path: '^server/',
      pathNot: [rules],
      ...typesAside,
    }),
    rule(
      'components-stand-below-app',
      'A component does not know its page, nor the database.',
      '^components/',
      '^(app|db|scripts|e2e)/',
    ),
    rule('the-kit-knows-no-domain', 'components/ui knows MUI and the keyboard, not the domains.', '^components/ui/', {
      path: ['^components/(?!ui/|keyboard/)', '^server/'],
      pathNot: ['^server/platform/rules/'],
    }),
    rule('screens-use-the-kit', 'MUI reaches a screen only through components/ui.', '^(app|components/(?!ui/))', {
      path: '^node_modules/@(mui|emotion)/',
      // The script that sets the scheme before the first paint.
      pathNot: ['/@mui/material/InitColorSchemeScript/'],
    }),
    rule(
      'server-draws-nothing',
      'The server knows no screen.',
      { path: '^server/', pathNot: [anyTest, sharedByTests] },
      '^(app|components)/',
    ),
    rule('database-knows-only-rules', 'db/ imports only rules from the server.', '^db/', {
      path: '^(server|app|components|scripts|e2e)/',
      pathNot: [rules, errors],
    }),
    rule(
      'journeys-use-factories',
      'A journey uses the browser, and factories for what it needs to find there.',
      '^e2e/',
      {
        path: '^(server|db|app|components|scripts)/',
        pathNot: ['^db/(factories|schema)/', '^db/client\\.ts$', rules],
      },
    ),
    rule(
      'nobody-imports-scripts',
      'Scripts, benches and journeys are entered from outside.',
      '^(server|db|app|components|messages)/',
      '^(scripts|bench|e2e)/',
    ),
    rule(
      'test-tools-stay-in-tests',
      'Factories, the test database and what tests of a domain share are for tests.',
      { path: '^(server|app|components)/', pathNot: [anyTest, sharedByTests] },
      { path: ['^db/(testing\\.ts$|factories/)', sharedByTests] },
    ),
    rule(
      'no-development-packages',
      'What runs in production is a dependency.',
      {
        path: '^(server|db|app|components|messages)/',
        pathNot: [anyTest, sharedByTests, '^db/testing\\.ts$', '^db/factories/'],
      },
      { dependencyTypes: ['npm-dev'], ...typesAside },
    ),
    rule(
      'no-cycles',
      'No cycles anywhere; types are gone when the program runs.',
      {},
      {
        circular: true,
        viaOnly: typesAside,
      },
    ),
    rule(
      'no-dead-ends',
      'Every import leads somewhere.',
      {},
      {
        couldNotResolve: true,
        pathNot: '^geojson$', // a package with types only
      },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules/(?!zod)|\\.next|\\.data|public)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
}
