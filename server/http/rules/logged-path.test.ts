import { expect, test } from 'vitest'
import { loggedPath } from './logged-path.ts'

test.for([
  ['/', '/'],
  ['/reports?q=0912345678&view=open', '/reports'],
  ['/reports/HN-260302-0001', '/reports/HN-260302-0001'],
  [
    '/incidents/6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10/after-action',
    '/incidents/6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10/after-action',
  ],
  ['/api/trpc/reports.list,reports.counts?batch=1&input=x', '/api/trpc/reports.list,reports.counts'],
  [`/set-password/${'x'.repeat(43)}`, '/set-password/*'],
  ['/reports/0912345678', '/reports/*'],
  [`/open311/v2/k/ihr_1a2b3c4d_${'x'.repeat(43)}/requests.json`, '/open311/v2/k/*/requests.json'],
  ['/open311/v2/k/ihr_1a2b3c4d_cut/requests.json', '/open311/v2/k/*/requests.json'],
  ['/reports/Nguy%E1%BB%85n', '/reports/*'],
  ['/api/trpc/a%0Ab', '/api/trpc/*'],
] as const)('%s is kept as %s', ([url, kept]) => {
  expect(loggedPath(url)).toBe(kept)
})
